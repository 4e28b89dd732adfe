using Detection.Correlation;
using Detection.Findings;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>A rule over several events of one group. Immutable and thread-safe.</summary>
public sealed class CorrelationRule : Rule
{
    internal CorrelationRule(RuleInfo info, bool alertsAlone)
        : base(info, alertsAlone)
    {
    }

    /// <summary>What is asked.</summary>
    public required CorrelationType Type { get; init; }

    /// <summary>
    /// The referenced rules, in the order given: rules over single events, or other correlations, never in a cycle. Twice the same is
    /// possible in <see cref="CorrelationType.TemporalOrdered"/>.
    /// </summary>
    public required IReadOnlyList<Rule> Rules
    {
        get;
        init
        {
            field = value;
            WrittenOut = 1;
            foreach (var rule in value)
            {
                WrittenOut += rule is CorrelationRule inner ? inner.WrittenOut : 0;
            }
        }
    }

    /// <summary>What the events of one group have in common; empty = all events are one group.</summary>
    public IReadOnlyList<GroupBy> GroupBy { get; init; } = [];

    /// <summary>Length of the sliding window in ns, both ends included.</summary>
    public required long TimespanNs { get; init; }

    /// <summary>
    /// What the number must fulfil: events, distinct values, sum, mean, percentile, or (<see cref="CorrelationType.Temporal"/>) different
    /// rules. Null for a temporal correlation with <see cref="Expression"/> or without any condition: then every rule must occur.
    /// </summary>
    public NumericCondition? Condition { get; init; }

    /// <summary>Which rules must occur and which must not, for the two temporal types; null = every one must.</summary>
    public RoleExpression? Expression { get; init; }

    /// <summary>The fields that a value type reads, as one tuple; empty for the other types.</summary>
    public IReadOnlyList<Field> ValueFields { get; init; } = [];

    /// <summary>For <see cref="CorrelationType.ValuePercentile"/>: which one, 0 to 100.</summary>
    public decimal Percentile { get; init; }

    /// <summary>The percentile is the median, and was asked for by that name.</summary>
    public bool IsMedian { get; init; }

    /// <summary>
    /// True when more events can never make a verdict false that was true. Otherwise a verdict waits until all events it depends on
    /// are known to be there.
    /// </summary>
    public bool IsMonotone => Type switch
    {
        CorrelationType.EventCount or CorrelationType.ValueCount => Condition!.OnlyLowerBound,
        CorrelationType.Temporal or CorrelationType.TemporalOrdered =>
            Condition?.OnlyLowerBound != false && Expression?.HasNegation != true,
        _ => false,
    };

    /// <summary>It does not fire at an event that one of them matches.</summary>
    internal IReadOnlyList<Matcher> Exceptions { get; init; } = [];

    /// <summary>How many correlations it is, inner ones counted at each place where they are referred to. Whoever goes through them takes as many steps.</summary>
    internal long WrittenOut { get; private init; }

    /// <summary>True when a firing can have the verdict unknown: its own condition or that of an inner correlation can be made false.</summary>
    internal bool CanBeUnknown => !IsMonotone || Rules.OfType<CorrelationRule>().Any(inner => inner.CanBeUnknown);

    /// <summary>How far back a verdict depends on events, those of inner correlations' windows included, ns.</summary>
    internal long ReachNs => Ns.Plus(TimespanNs, Rules.OfType<CorrelationRule>().Select(inner => inner.ReachNs).DefaultIfEmpty(0).Max());
}
