namespace Detection.Findings;

/// <summary>What people are told about a rule. Immutable.</summary>
public sealed record RuleInfo
{
    /// <summary>The rule's <c>id</c>, else its <c>name</c>, else its title.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's <c>name</c>, by which correlations may refer to it; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>Longer text; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>How urgent. A rule without level is <see cref="RuleLevel.Medium"/>.</summary>
    public RuleLevel Level { get; init; } = RuleLevel.Medium;

    /// <summary>For example <c>attack.t1003.008</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Harmless explanations.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>What to do first: the custom list <c>next_steps</c> of the rule.</summary>
    public IReadOnlyList<string> NextSteps { get; init; } = [];

    /// <summary>Where to read more.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>File the rule came from.</summary>
    public string File { get; init; } = "";

    /// <summary>Hash of what the rule means (16 hex digits): equal while only texts change.</summary>
    public required string SemanticHash { get; init; }
}
