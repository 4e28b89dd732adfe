using Detection.Correlation;
using Detection.Findings;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection;

/// <summary>
/// Evaluates rules over events: which incidents open is a function of the set of events, within the lateness bound whatever the
/// order of arrival, and however often an event is given. Pure: no clock, no I/O. Not thread-safe.
/// </summary>
public sealed class DetectionEngine
{
    private readonly EvaluationContext _context;
    private readonly SeenEvents _seen;
    private readonly CorrelationSlot[] _correlations;
    private readonly RuleSlot[] _rules;

    /// <summary>An engine without memory of any event.</summary>
    /// <param name="pack">The rules.</param>
    /// <param name="limits">Bounds; null = the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is outside its range.</exception>
    public DetectionEngine(RulePack pack, DetectionLimits? limits = null)
    {
        limits ??= new DetectionLimits();
        limits.Check();
        _context = new EvaluationContext(limits, Counters);
        _seen = new SeenEvents(limits, Counters);
        _correlations = [.. pack.Correlations.Select(rule => new CorrelationSlot(rule, _context))];
        RuleSlot[] rules = [.. pack.Rules.Select(rule => new RuleSlot(rule, _correlations, _context)).Where(slot => slot.IsUsed)];
        _rules = rules;
    }

    /// <summary>What the engine has done so far.</summary>
    public DetectionCounters Counters { get; } = new();

    /// <summary>Takes an event up.</summary>
    /// <returns>The incidents that open because of it, plain rules first, each in the order of the pack; usually none.</returns>
    public IReadOnlyList<Incident> Evaluate(HostEvent e)
    {
        Counters.Events++;
        if (!_seen.Add(e, out var late))
        {
            Counters.Duplicates++;
            return [];
        }

        _context.Late = late;
        _context.View.Show(e);
        var correlate = false;
        foreach (var slot in _rules)
        {
            for (var record = 0; record < _context.View.RecordCount; record++)
            {
                _context.View.ShowRecord(record);
                if (slot.Sees(_context.View.Source))
                {
                    correlate |= slot.Apply();
                    break;
                }
            }
        }

        if (correlate)
        {
            foreach (var slot in _correlations)
            {
                slot.Apply();
            }
        }

        return _context.TakeOpened();
    }

    /// <summary>
    /// Takes up the events of a frame, and that its numbers which are neither events nor lost were filtered on the host and will never
    /// come. That changes no verdict; without it each gap between events takes room in the memory of seen numbers.
    /// </summary>
    /// <returns>What opens, while it is enumerated; to be enumerated to its end, once.</returns>
    public IEnumerable<Incident> EvaluateFrame(Frame frame)
    {
        var next = frame.Range.First;
        var lost = 0;
        foreach (var e in frame.Events)
        {
            lost = _seen.Cover(frame, next, e.Sequence, lost);
            foreach (var incident in Evaluate(e))
            {
                yield return incident;
            }

            next = e.Sequence + 1;
        }

        _seen.Cover(frame, next, frame.Range.Last + 1, lost);
    }
}
