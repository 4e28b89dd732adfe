using Detection.Rules;
using Wire.Text;

namespace LocalPipeline.Rules.Listing;

/// <summary>Writes a line per rule for people: the most urgent first, then by title.</summary>
internal static class RuleTable
{
    private static readonly string[] Heads = ["LEVEL", "TITLE", "ID", "KIND", "LOGSOURCE", "FILE"];

    /// <summary>Writes the table, what was refused, and how many there are.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="output">Receives the table.</param>
    /// <param name="messages">Receives what was refused.</param>
    internal static void Write(RuleSet rules, TextWriter output, TextWriter messages)
    {
        string[][] rows =
        [
            Heads,
            .. rules.All.OrderByDescending(rule => rule.Info.Level).ThenBy(rule => rule.Info.Title, StringComparer.Ordinal)
                .Select(rule => Cells(rule).Select(SafeText.Escape).ToArray()),
        ];
        int[] widths = [.. Heads.Select((_, column) => rows.Max(cells => cells[column].Length))];
        foreach (var cells in rows)
        {
            output.WriteLine(string.Join("  ", cells.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        foreach (var refused in rules.Pack.Refused.SelectMany(rule => rule.All))
        {
            messages.WriteLine(SafeText.Escape(refused.ToString()));
        }

        output.WriteLine(rules.Summary);
    }

    private static string[] Cells(Rule rule) =>
    [
        RuleWords.Of(rule.Info.Level) + (rule.AlertsAlone ? "" : " (silent)"),
        rule.Info.Title,
        rule.Info.Id == rule.Info.Title ? "-" : rule.Info.Id,
        rule is CorrelationRule correlation ? RuleWords.TypeOf(correlation) : "event rule",
        string.Join(", ", SourcesOf(rule).Distinct()),
        FileOf(rule),
    ];

    // Those that come with the pipeline lie beside the program, in a folder whose path says nothing.
    private static string FileOf(Rule rule) => rule.Info.File.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal)
        ? rule.Info.File[AppContext.BaseDirectory.Length..]
        : rule.Info.File;

    private static IEnumerable<string> SourcesOf(Rule rule) => rule is CorrelationRule correlation
        ? correlation.Rules.SelectMany(SourcesOf)
        : [((SigmaRule)rule).Source.ToString()];
}
