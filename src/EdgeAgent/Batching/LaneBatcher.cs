using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// Fifth stage, one per lane: gathers events into frames whose ranges join without gap, and says in them what was lost.
/// </summary>
/// <remarks>A frame is due when its oldest event has waited long enough, when it is full, or after a minute of silence, so that the
/// receiver knows that nothing happened. One thread only.</remarks>
internal sealed class LaneBatcher(HostIdentity host, Lane lane, BootClock clock, AgentOptions options, TimeProvider time, ulong lastSequence)
{
    /// <summary>A lane without events still accounts for its numbers this often.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly SequenceLedger _ledger = new(lastSequence, time);
    private readonly HashSet<ProcessNode> _known = [];
    private readonly List<LostRange> _lost = [];
    private List<HostEvent> _events = [];
    private List<HostEvent> _late = [];
    private ulong _sent = lastSequence;
    private long _sentAt = time.GetTimestamp();
    private long _oldest;
    private int _weight;

    private TimeSpan Patience => lane == Lane.High ? options.HighValueFlushInterval : options.FlushInterval;

    /// <summary>An event that is to be sent.</summary>
    internal void Add(HostEvent e)
    {
        if (_events.Count == 0 && _late.Count == 0)
        {
            _oldest = time.GetTimestamp();
        }

        (_ledger.Observe(e.Sequence) ? _events : _late).Add(e);
        _weight += EventWeight.Of(e, _known);
    }

    /// <summary>A number whose event stays on the host.</summary>
    internal void Skip(ulong sequence) => _ledger.Observe(sequence);

    /// <summary>A number whose record could not be used.</summary>
    internal void Lose(ulong sequence, LossCause cause)
    {
        if (_ledger.Observe(sequence))
        {
            _lost.Add(new LostRange(new SequenceRange(sequence, sequence), cause));
        }
    }

    /// <summary>The kernel's last given number, so that losses at the end of a flood are seen too.</summary>
    internal void KernelGave(ulong sequence) => _ledger.KernelGave(sequence);

    /// <summary>The frames that are due now.</summary>
    /// <param name="final">True when nothing more can come: everything is due.</param>
    internal IEnumerable<Frame> TakeDue(bool final)
    {
        foreach (var missing in _ledger.DeclareLost(final))
        {
            _lost.Add(new LostRange(missing, LossCause.Kernel));
        }

        if (!IsDue(final))
        {
            yield break;
        }

        foreach (var e in _late)
        {
            yield return FrameOf(new SequenceRange(e.Sequence, e.Sequence), [e], []);
        }

        _late = [];
        if (_ledger.Accounted == _sent)
        {
            yield break;
        }

        var range = new SequenceRange(_sent + 1, _ledger.Accounted);
        var events = _events.Where(e => e.Sequence <= range.Last).OrderBy(e => e.Sequence).ToArray();
        var lost = _lost.Where(l => l.Range.Last <= range.Last).OrderBy(l => l.Range.First).ToArray();
        Reset(range.Last);
        yield return FrameOf(range, events, lost);
    }

    private bool IsDue(bool final)
    {
        var waiting = _events.Count + _late.Count + _lost.Count > 0;
        return final
            || (waiting && (_weight >= options.FrameBytes || time.GetElapsedTime(_events.Count + _late.Count > 0 ? _oldest : _sentAt) >= Patience))
            || time.GetElapsedTime(_sentAt) >= Silence;
    }

    private void Reset(ulong last)
    {
        _sent = last;
        _sentAt = time.GetTimestamp();
        _events = [.. _events.Where(e => e.Sequence > last)];
        _lost.RemoveAll(l => l.Range.Last <= last);
        _known.Clear();
        _weight = 0;
        _oldest = time.GetTimestamp();
    }

    private Frame FrameOf(SequenceRange range, IReadOnlyList<HostEvent> events, IReadOnlyList<LostRange> lost) => new()
    {
        Host = host,
        Lane = lane,
        Range = range,
        BootTimeUnixNs = clock.BootTimeUnixNs,
        Events = events,
        Lost = lost,
    };
}
