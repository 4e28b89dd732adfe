using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Correlation;

/// <summary>Field values as numbers to add up.</summary>
internal static class Numbers
{
    /// <summary>Values beyond this are no measurements; sums of as many as are ever remembered stay exact.</summary>
    private const decimal Largest = 1_000_000_000_000_000_000m;

    /// <summary>The number that a field holds: a number, or a text that is one in decimal form.</summary>
    public static bool TryRead(FieldValue value, out decimal number)
    {
        number = value.Number;
        Span<char> scratch = stackalloc char[FieldValue.ScratchLength];
        var found = value.Kind == FieldKind.Number
            || (value.Kind == FieldKind.Text && value.TryGetText(scratch, out var text)
                && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
        return found && Math.Abs(number) <= Largest;
    }
}
