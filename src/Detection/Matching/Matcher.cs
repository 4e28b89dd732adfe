using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A compiled piece of a rule's detection. Immutable and thread-safe.</summary>
internal abstract class Matcher
{
    /// <summary>True when the event fulfils it.</summary>
    public abstract bool Matches(IEventView e);
}
