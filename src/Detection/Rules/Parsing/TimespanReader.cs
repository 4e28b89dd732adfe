using System.Globalization;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>timespan</c>: a number and a unit.</summary>
internal static class TimespanReader
{
    private const long SecondNs = 1_000_000_000;
    private const long MaxDays = 30;
    private const long MaxNs = MaxDays * 24 * 60 * 60 * SecondNs;

    /// <summary>The time in ns, above 0.</summary>
    public static long Read(RuleNode node)
    {
        var text = node.Text("timespan");
        var unitNs = (text.Length == 0 ? '\0' : text[^1]) switch
        {
            's' => SecondNs,
            'm' => 60 * SecondNs,
            'h' => 60 * 60 * SecondNs,
            'd' => 24 * 60 * 60 * SecondNs,
            'w' => 7 * 24 * 60 * 60 * SecondNs,
            'M' or 'y' => throw node.Fault($"'{text}' is not a timespan: months and years differ in length", "days, for example 30d"),
            _ => throw NoTimespan(node),
        };
        if (!long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            throw NoTimespan(node);
        }

        return count <= MaxNs / unitNs ? count * unitNs : throw node.Fault($"the timespan is longer than {MaxDays} days", $"at most {MaxDays}d");
    }

    private static RuleFault NoTimespan(RuleNode node) =>
        node.Fault($"'{node.Value}' is not a timespan", "a number above 0 and s, m, h, d or w, for example 10s");
}
