using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A search where the condition names it.</summary>
internal sealed class Search(string name, Matcher part) : Matcher
{
    /// <summary>Its name in the rule.</summary>
    public string Name => name;

    /// <summary>What it asks.</summary>
    public Matcher Part => part;

    public override bool Matches(IEventView e) => part.Matches(e);
}
