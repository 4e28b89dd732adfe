using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The value <c>null</c>: the field is missing, or is there and null. An empty text is neither.</summary>
internal sealed class NullTest : ValueTest
{
    public override bool Holds(in FieldValue value) => value.Kind is FieldKind.Absent or FieldKind.Null;
}
