using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifiers <c>lt lte gt gte</c>, on numbers and on texts that are decimal numbers.</summary>
internal sealed class ComparisonTest(Comparison comparison, decimal bound) : ValueTest
{
    /// <summary>How.</summary>
    public Comparison Comparison => comparison;

    /// <summary>With what.</summary>
    public decimal Bound => bound;

    public override bool Holds(in FieldValue value) => TryGetNumber(value, out var number) && Holds(comparison, number, bound);

    /// <summary>Whether <paramref name="number"/> compares so with <paramref name="bound"/>.</summary>
    public static bool Holds(Comparison comparison, decimal number, decimal bound) => comparison switch
    {
        Comparison.Less => number < bound,
        Comparison.LessOrEqual => number <= bound,
        Comparison.Greater => number > bound,
        Comparison.GreaterOrEqual => number >= bound,
        _ => number == bound,
    };

    private static bool TryGetNumber(in FieldValue value, out decimal number)
    {
        number = value.Number;
        return value.Kind == FieldKind.Number
            || (value.Kind == FieldKind.Text && value.TryGetText([], out var text)
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
    }
}
