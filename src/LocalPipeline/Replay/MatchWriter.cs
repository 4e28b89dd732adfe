using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Detection.Findings;
using Detection.Rules;
using LocalPipeline.Rules;

namespace LocalPipeline.Replay;

/// <summary>Writes firings as JSON lines: the rule, the line it fired at, and the lines of all witnesses.</summary>
internal static class MatchWriter
{
    /// <summary>Writes them in the order of their events; those of one event in the order of the pack.</summary>
    internal static void Write(RulePack pack, IEnumerable<FieldMatch> matches, TextWriter output)
    {
        var places = new Dictionary<RuleInfo, int>();
        foreach (var rule in pack.Rules.Concat<Rule>(pack.Correlations))
        {
            places.TryAdd(rule.Info, places.Count);
        }

        using var bytes = new MemoryStream();
        foreach (var match in matches.OrderBy(match => match.Event.TimeNs).ThenBy(match => match.Event.Id).ThenBy(match => places[match.Rule]))
        {
            bytes.SetLength(0);
            using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
            {
                Write(json, match);
            }

            output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        }
    }

    private static void Write(Utf8JsonWriter json, FieldMatch match)
    {
        json.WriteStartObject();
        json.WriteString("rule", RuleWords.IdOrTitle(match.Rule));
        json.WriteNumber("line", match.Event.Line);
        json.WriteStartArray("lines");
        foreach (var line in match.Lines)
        {
            json.WriteNumberValue(line);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
