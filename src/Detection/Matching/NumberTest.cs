using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A number: equal to a number, or to a text that is exactly its decimal form.</summary>
internal sealed class NumberTest(FieldValue expected) : ValueTest
{
    private readonly string _text = expected.Text!;

    public override bool Holds(FieldValue value) => value.Kind switch
    {
        FieldKind.Number => value.Number == expected.Number,
        FieldKind.Text => value.Text == _text,
        _ => false,
    };
}
