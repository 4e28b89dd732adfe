using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>
/// A compiled piece of a rule's detection. Immutable and thread-safe. Its kinds: <see cref="AllOf"/>, <see cref="AnyOf"/>,
/// <see cref="Not"/>, <see cref="Search"/> and the leaves, which are <see cref="Item"/>.
/// </summary>
internal abstract class Matcher
{
    /// <summary>True when the record in view fulfils it. Allocates nothing.</summary>
    public abstract bool Matches(IEventView e);
}
