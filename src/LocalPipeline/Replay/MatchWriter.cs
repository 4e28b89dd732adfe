using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Detection.Findings;
using Detection.Rules;
using LocalPipeline.Rules;

namespace LocalPipeline.Replay;

/// <summary>Writes firings as JSON lines: the rule, the line it fired at, and the lines of all witnesses.</summary>
internal static class MatchWriter
{
    // Digits of the largest number, and a comma.
    private const int LongestNumber = 20;

    /// <summary>Writes them in the order of their events; those of one event in the order of the pack.</summary>
    internal static void Write(RulePack pack, IEnumerable<FieldMatch> matches, TextWriter output)
    {
        var places = new Dictionary<RuleInfo, int>();
        foreach (var rule in pack.Rules.Concat<Rule>(pack.Correlations))
        {
            places.TryAdd(rule.Info, places.Count);
        }

        var buffer = new char[16 * 1024];
        foreach (var match in matches.OrderBy(match => match.Event.TimeNs).ThenBy(match => match.Event.Id).ThenBy(match => places[match.Rule]))
        {
            var rule = JsonEncodedText.Encode(RuleWords.IdOrTitle(match.Rule), JavaScriptEncoder.Default);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{{\"rule\":\"{rule}\",\"line\":{match.Event.Line},\"lines\":["));
            WriteLines(match.Lines, buffer, output);
            output.WriteLine("]}");
        }
    }

    // They are nearly all of the output, and may be as many as there are events: never held in one piece.
    private static void WriteLines(LineSet lines, Span<char> buffer, TextWriter output)
    {
        var length = 0;
        var first = true;
        foreach (var line in lines)
        {
            if (buffer.Length - length < LongestNumber)
            {
                output.Write(buffer[..length]);
                length = 0;
            }

            if (!first)
            {
                buffer[length++] = ',';
            }

            first = false;
            line.TryFormat(buffer[length..], out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
        }

        output.Write(buffer[..length]);
    }
}
