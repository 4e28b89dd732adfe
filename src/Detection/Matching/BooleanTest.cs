using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>True or false: equal to a boolean, or to its name in any case.</summary>
internal sealed class BooleanTest(bool expected) : ValueTest
{
    private readonly string _text = expected ? "true" : "false";

    public override bool Holds(FieldValue value) =>
        value.Kind is FieldKind.Boolean or FieldKind.Text && string.Equals(value.Text, _text, StringComparison.OrdinalIgnoreCase);
}
