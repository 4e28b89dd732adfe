using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifiers <c>lt lte gt gte</c>, on numbers and on texts that are decimal numbers.</summary>
internal sealed class ComparisonTest(Comparison comparison, decimal bound) : ValueTest
{
    public override bool Holds(FieldValue value)
    {
        if (!TryGetNumber(value, out var number))
        {
            return false;
        }

        return comparison switch
        {
            Comparison.Less => number < bound,
            Comparison.LessOrEqual => number <= bound,
            Comparison.Greater => number > bound,
            _ => number >= bound,
        };
    }

    private static bool TryGetNumber(FieldValue value, out decimal number)
    {
        number = value.Number;
        return value.Kind == FieldKind.Number
            || (value.Kind == FieldKind.Text
                && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
    }
}
