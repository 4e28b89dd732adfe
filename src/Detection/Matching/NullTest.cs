using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The value <c>null</c>: the field is missing. An empty text is not.</summary>
internal sealed class NullTest : ValueTest
{
    public override bool Holds(FieldValue value) => value.Kind == FieldKind.Absent;
}
