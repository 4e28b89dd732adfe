using System.Text.Encodings.Web;
using System.Text.Json;
using Detection.Findings;
using Wire.Text;

namespace LocalPipeline.Rules.Covering;

/// <summary>Writes coverage as a table for people, or as JSON.</summary>
internal static class CoverageReport
{
    /// <summary>Two tables: tactics, then techniques with the titles of their rules.</summary>
    internal static void WriteTable(AttackCoverage coverage, TextWriter output)
    {
        var tactics = coverage.Tactics.Select(row => (Row: row, Cells: new[] { row.Key, Count(row), RuleWords.Of(row.Highest) })).ToArray();
        Write(output, ["TACTIC", "RULES", "HIGHEST"], tactics, titles: false);
        output.WriteLine();
        var techniques = coverage.Techniques
            .Select(row => (Row: row, Cells: new[] { row.Key, Count(row), RuleWords.Of(row.Highest), string.Join(", ", row.Tactics) })).ToArray();
        Write(output, ["TECHNIQUE", "RULES", "HIGHEST", "TACTICS"], techniques, titles: true);
        output.WriteLine();
        foreach (var rule in coverage.Untagged)
        {
            output.WriteLine($"without technique: {SafeText.Escape(rule.Title)}");
        }

        output.WriteLine($"{coverage.Rules} rules that alert, {coverage.Tactics.Count} tactics, {coverage.Techniques.Count} techniques");
    }

    /// <summary>One JSON object.</summary>
    internal static void WriteJson(AttackCoverage coverage, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteNumber("rules", coverage.Rules);
            Write(json, "tactics", coverage.Tactics, withTactics: false);
            Write(json, "techniques", coverage.Techniques, withTactics: true);
            WriteRules(json, "withoutTechnique", coverage.Untagged);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static string Count(CoverageRow row) => row.Rules.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Write(TextWriter output, string[] heads, (CoverageRow Row, string[] Cells)[] rows, bool titles)
    {
        var safe = rows.Select(row => row.Cells.Select(SafeText.Escape).ToArray()).Prepend(heads).ToArray();
        var widths = heads.Select((_, column) => safe.Max(cells => cells[column].Length)).ToArray();
        for (var i = 0; i < safe.Length; i++)
        {
            output.WriteLine(string.Join("  ", safe[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            foreach (var rule in titles && i > 0 ? rows[i - 1].Row.Rules : [])
            {
                output.WriteLine($"    {RuleWords.Of(rule.Level)}: {SafeText.Escape(rule.Title)}");
            }
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<CoverageRow> rows, bool withTactics)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Key);
            json.WriteString("highest", RuleWords.Of(row.Highest));
            if (withTactics)
            {
                json.WriteStartArray("tactics");
                row.Tactics.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            WriteRules(json, "rules", row.Rules);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, string name, IReadOnlyList<RuleInfo> rules)
    {
        json.WriteStartArray(name);
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteString("level", RuleWords.Of(rule.Level));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
