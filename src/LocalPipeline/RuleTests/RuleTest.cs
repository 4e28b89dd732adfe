using Detection.Findings;

namespace LocalPipeline.RuleTests;

/// <summary>One companion test: a story and what must come of it. Immutable.</summary>
internal sealed record RuleTest
{
    /// <summary>A sentence.</summary>
    internal required string Name { get; init; }

    /// <summary>Line it begins in, from 1.</summary>
    internal required long Line { get; init; }

    /// <summary>In the order of time.</summary>
    internal required IReadOnlyList<StoryEvent> Events { get; init; }

    /// <summary>Exactly the incidents that must open; null when only <see cref="AtMost"/> counts.</summary>
    internal IReadOnlyList<ExpectedIncident>? Incidents { get; init; }

    /// <summary>No incident above this level may open; null = no bound.</summary>
    internal RuleLevel? AtMost { get; init; }

    /// <summary>All loaded rules count, not only those of the rule file beside.</summary>
    internal bool AgainstPack { get; init; }
}
