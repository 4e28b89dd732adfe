using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The part does not hold. An absent field makes an item false, so its negation true.</summary>
internal sealed class Not(Matcher part) : Matcher
{
    /// <summary>What must not hold.</summary>
    public Matcher Part => part;

    public override bool Matches(IEventView e) => !part.Matches(e);
}
