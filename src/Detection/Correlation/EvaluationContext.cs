using Detection.Findings;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary>What one evaluation shares between the rules: bounds, counters and the incidents that change. Not thread-safe.</summary>
internal sealed class EvaluationContext(DetectionLimits limits, DetectionCounters counters)
{
    private List<Incident>? _changes;

    public DetectionLimits Limits { get; } = limits;

    public DetectionCounters Counters { get; } = counters;

    /// <summary>Told when a bound pushed out hits of a correlation up to a time (ns) that could still matter; null = nobody asks.</summary>
    public Action<CorrelationRule, long>? Evicted { get; set; }

    /// <summary>True while the event in evaluation came after a later one.</summary>
    public bool Late { get; set; }

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
