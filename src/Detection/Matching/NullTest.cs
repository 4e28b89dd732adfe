using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The value <c>null</c>: the field is missing or holds null. An empty text is neither.</summary>
internal sealed class NullTest : ValueTest
{
    public override bool Holds(FieldValue value) => value.Kind is FieldKind.Absent or FieldKind.Null;
}
