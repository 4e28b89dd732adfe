using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>True or false: equal to a boolean, or to its name in any case.</summary>
internal sealed class BooleanTest(bool expected) : ValueTest
{
    private readonly string _text = expected ? "true" : "false";

    /// <summary>Which of both.</summary>
    public bool Expected => expected;

    public override bool Holds(in FieldValue value) =>
        value.Kind is FieldKind.Boolean or FieldKind.Text && value.TryGetText([], out var text)
            && text.Equals(_text, StringComparison.OrdinalIgnoreCase);
}
