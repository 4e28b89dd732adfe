using Detection.Findings;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary>What one evaluation shares between the rules: bounds, counters and the incidents that change. Not thread-safe.</summary>
internal sealed class EvaluationContext(DetectionLimits limits, DetectionCounters counters)
{
    private List<Incident>? _changes;

    public DetectionLimits Limits { get; } = limits;

    public DetectionCounters Counters { get; } = counters;

    /// <summary>Correlations that were added or changed when the state was taken up, and up to when they saw nothing, ns.</summary>
    public Dictionary<CorrelationRule, long> UnseenNs { get; } = [];

    /// <summary>Correlations of which bounds pushed out hits that could still matter, in whatever group and partition, and up to when, ns.</summary>
    public Dictionary<CorrelationRule, long> EvictedNs { get; } = [];

    /// <summary>True while the event in evaluation came after a later one.</summary>
    public bool Late { get; set; }

    /// <summary>Notes that hits of a correlation up to a time were pushed out.</summary>
    public void NoteEvicted(CorrelationRule rule, long timeNs) =>
        EvictedNs[rule] = Math.Max(EvictedNs.GetValueOrDefault(rule, long.MinValue), timeNs);

    /// <summary>Adds a change to the result.</summary>
    public void Report(Incident incident)
    {
        Counters.Incidents += incident.Change == IncidentChange.Opened ? 1 : 0;
        (_changes ??= []).Add(incident);
    }

    /// <summary>The result of this evaluation; the next starts empty.</summary>
    public IReadOnlyList<Incident> TakeChanges()
    {
        if (_changes is null)
        {
            return [];
        }

        var changes = _changes;
        _changes = null;
        return changes;
    }
}
