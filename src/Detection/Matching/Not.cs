using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The part does not hold. An absent field makes an item false, so its negation true.</summary>
internal sealed class Not(Matcher part) : Matcher
{
    public override bool Matches(IEventView e) => !part.Matches(e);
}
