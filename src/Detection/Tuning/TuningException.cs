using Detection.Rules.Parsing;

namespace Detection.Tuning;

/// <summary>What a rule does not fire at until a day. Immutable and thread-safe.</summary>
/// <param name="Reason">Why; not empty.</param>
/// <param name="EndNs">It holds for events before this time, ns since 1970 UTC.</param>
/// <param name="Place"><c>file:line</c> where it stands.</param>
public sealed record TuningException(string Reason, long EndNs, string Place)
{
    /// <summary>The rules' ids or names, as written.</summary>
    public IReadOnlyList<string> Named => [.. Rules.Select(rule => rule.Value)];

    /// <summary>The same with their places.</summary>
    internal IReadOnlyList<RuleNode> Rules { get; init; } = [];

    /// <summary>A Sigma search: what it matches is left out.</summary>
    internal RuleNode Filter { get; init; } = new(NodeKind.Mapping, 0, 0);
}
