using Detection.Findings;
using Detection.Rules;

namespace Detection.Tuning;

/// <summary>What the people of one deployment changed about the rules without touching them, as their <c>tuning.yaml</c> says it. Immutable and thread-safe.</summary>
public sealed record TuningPlan
{
    /// <summary>Nothing is changed.</summary>
    public static TuningPlan None { get; } = new();

    /// <summary>What rules leave out, for a while.</summary>
    public IReadOnlyList<TuningException> Exceptions { get; init; } = [];

    /// <summary>Levels other than the rules' own, by the id or name that the file says.</summary>
    public IReadOnlyList<SeverityOverride> Severities { get; init; } = [];

    /// <summary>Times in which incidents of some hosts are summed up instead of told.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>How many incidents are told one by one.</summary>
    public RateBounds Rates { get; init; } = new();

    /// <summary>What is wrong with the file, by place; the rest of it is there all the same.</summary>
    public IReadOnlyList<RefusedRule> Faults { get; init; } = [];

    /// <summary>The exceptions that do not hold any more at a time, ns since 1970 UTC.</summary>
    public IEnumerable<TuningException> Lapsed(long timeNs) => Exceptions.Where(exception => exception.EndNs <= timeNs);

    /// <summary>The window that an incident falls into; null when there is none.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="hostId">Where it happened.</param>
    /// <param name="hostName">What people call that.</param>
    /// <param name="timeNs">When it happened, ns since 1970 UTC.</param>
    public MaintenanceWindow? WindowOf(RuleInfo rule, string hostId, string hostName, long timeNs) =>
        Maintenance.FirstOrDefault(window => window.Covers(rule, hostId, hostName, timeNs));
}
