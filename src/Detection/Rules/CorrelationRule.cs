using Detection.Findings;

namespace Detection.Rules;

/// <summary>A rule over several events of one group. Immutable and thread-safe.</summary>
public sealed class CorrelationRule
{
    internal CorrelationRule(
        RuleInfo info, CorrelationType type, IReadOnlyList<SigmaRule> rules, IReadOnlyList<GroupBy> groupBy, long timespanNs,
        int threshold)
    {
        Info = info;
        Type = type;
        Rules = rules;
        GroupBy = groupBy;
        TimespanNs = timespanNs;
        Threshold = threshold;
    }

    /// <summary>What people are told.</summary>
    public RuleInfo Info { get; }

    /// <summary>What is asked.</summary>
    public CorrelationType Type { get; }

    /// <summary>The referenced rules, in the order given. Twice the same is possible in <see cref="CorrelationType.TemporalOrdered"/>.</summary>
    public IReadOnlyList<SigmaRule> Rules { get; }

    /// <summary>What the events of one group have in common; empty = all events are one group.</summary>
    public IReadOnlyList<GroupBy> GroupBy { get; }

    /// <summary>Length of the sliding window in ns, both ends included.</summary>
    public long TimespanNs { get; }

    /// <summary>Fewest events of an <see cref="CorrelationType.EventCount"/>; otherwise the number of rules.</summary>
    public int Threshold { get; }
}
