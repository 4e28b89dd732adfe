using Detection.Matching;

namespace Detection.Routing;

/// <summary>
/// Estimates how likely a record holds a literal. Only the speed of the index hangs on it. Filled from guards, then read; not thread-safe.
/// </summary>
/// <remarks>
/// Long literals are rarer than short ones, and the more of a value a literal fixes, the rarer it is. What the rules themselves name over
/// and over in a field (the type of an audit record) is what records hold over and over.
/// </remarks>
internal sealed class LiteralOdds
{
    // So that a field which a single rule names is not thought to hold the same in every record.
    private const double Doubt = 20;

    private readonly Dictionary<RequiredLiteral, int> _mentions = [];
    private readonly Dictionary<string, int> _mentionsOfField = [];

    /// <summary>Counts a literal as named by a rule.</summary>
    public void Mention(RequiredLiteral literal)
    {
        _mentions[literal] = CountOf(literal) + 1;
        _mentionsOfField[NameOf(literal)] = CountOfField(literal) + 1;
    }

    /// <summary>The estimate; above 0.</summary>
    public double Of(RequiredLiteral literal) =>
        Alone(literal.Place, literal.Text.Length) + (CountOf(literal) / (CountOfField(literal) + Doubt));

    private int CountOf(RequiredLiteral literal) => _mentions.TryGetValue(literal, out var count) ? count : 0;

    private int CountOfField(RequiredLiteral literal) => _mentionsOfField.TryGetValue(NameOf(literal), out var count) ? count : 0;

    private static string NameOf(RequiredLiteral literal) => literal.Field?.Name ?? "";

    // Many values begin alike (/usr/bin/), fewer end alike.
    private static double Alone(PatternPlace place, int length) => place switch
    {
        PatternPlace.Whole => Math.Max(0.003, 0.05 * Math.Pow(0.8, length)),
        PatternPlace.Start => Math.Max(0.005, Math.Pow(0.8, length)),
        PatternPlace.End => Math.Max(0.004, Math.Pow(0.5, length)),
        _ => Math.Max(0.005, Math.Pow(0.55, length - 1)),
    };
}
