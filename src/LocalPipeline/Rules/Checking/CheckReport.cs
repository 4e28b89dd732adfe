using Detection.Rules;
using Wire.Text;

namespace LocalPipeline.Rules.Checking;

/// <summary>Tells people which rules were refused, and which can never fire.</summary>
internal static class CheckReport
{
    /// <summary>Writes it.</summary>
    /// <returns>How many were refused, and how many warnings there are.</returns>
    internal static (int Refused, int Warnings) Write(RuleSet rules, WatchLists watch, TextWriter output)
    {
        var pack = rules.Pack;
        RefusedRule[] warnings = [.. pack.Warnings.Concat(new RuleChecker(watch).Warnings(pack)).Concat(KeyChecker.Warnings(rules.Sources))
            .Concat(rules.EmptyFolders.Select(folder => new RefusedRule(folder, 0, 0, "", "there are no rule files in this folder", "files whose names end in .yml or .yaml")))
            .OrderBy(warning => warning.File, StringComparer.Ordinal).ThenBy(warning => warning.Line).ThenBy(warning => warning.Column)];
        Write(output, "REFUSED", [.. pack.Refused.SelectMany(rule => rule.All)]);
        Write(output, "warning", warnings);
        output.WriteLine($"{rules.Summary}, {warnings.Length} warnings");
        return (pack.Refused.Count, warnings.Length);
    }

    private static void Write(TextWriter output, string kind, IReadOnlyList<RefusedRule> rules)
    {
        const int WidestPlace = 60;
        var width = Math.Min(WidestPlace, rules.Select(rule => Place(rule).Length).Append(0).Max());
        foreach (var rule in rules)
        {
            output.WriteLine($"{kind}  {Place(rule).PadRight(width)}  {SafeText.Escape(rule.Title)}");
            output.WriteLine($"         {SafeText.Escape(rule.Reason)}");
            if (rule.WayOut.Length > 0)
            {
                output.WriteLine($"         way out: {SafeText.Escape(rule.WayOut)}");
            }
        }
    }

    private static string Place(RefusedRule rule) =>
        SafeText.Escape(rule.File) + (rule.Line > 0 ? $":{rule.Line}:{rule.Column}" : "");
}
