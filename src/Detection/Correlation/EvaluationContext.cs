using Detection.Findings;
using Detection.Taxonomy;

namespace Detection.Correlation;

/// <summary>What one evaluation shares between the rules: the event in view and the incidents that open. Not thread-safe.</summary>
internal sealed class EvaluationContext(DetectionLimits limits, DetectionCounters counters)
{
    private List<Incident>? _opened;

    public DetectionLimits Limits { get; } = limits;

    public DetectionCounters Counters { get; } = counters;

    public HostEventView View { get; } = new();

    /// <summary>True while the event in evaluation came after a later one.</summary>
    public bool Late { get; set; }

    /// <summary>Adds an incident to the result.</summary>
    public void Report(Incident incident)
    {
        Counters.Incidents++;
        (_opened ??= []).Add(incident);
    }

    /// <summary>The result of this evaluation; the next starts empty.</summary>
    public IReadOnlyList<Incident> TakeOpened()
    {
        if (_opened is null)
        {
            return [];
        }

        var opened = _opened;
        _opened = null;
        return opened;
    }
}
