using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>exists</c>: whether the field is there, be it empty or null.</summary>
internal sealed class FieldExists(Field field, bool expected) : Matcher
{
    public override bool Matches(IEventView e) => e.Get(field).Kind != FieldKind.Absent == expected;
}
