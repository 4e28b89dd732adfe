using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A number: equal to a number, or to a text that is exactly its decimal form.</summary>
internal sealed class NumberTest(decimal expected) : ValueTest
{
    /// <summary>The number.</summary>
    public decimal Expected => expected;

    /// <summary>Its decimal form.</summary>
    public string Text { get; } = expected.ToString(CultureInfo.InvariantCulture);

    public override bool Holds(in FieldValue value) => value.Kind switch
    {
        FieldKind.Number => value.Number == expected,
        FieldKind.Text => value.TryGetText([], out var text) && text.SequenceEqual(Text),
        _ => false,
    };
}
