namespace Detection.Matching;

/// <summary>A leaf of a detection: what one key of a search, or one list of keywords, asks.</summary>
internal abstract class Item : Matcher
{
    /// <summary>The key as the rule says it, for example <c>CommandLine|contains|all</c>; empty for keywords without one.</summary>
    public required string Key { get; init; }

    /// <summary>Line of the key in its file, from 1.</summary>
    public required int Line { get; init; }
}
