using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// Sixth stage, one per lane: gathers events into frames whose ranges join without gap, and says in them what was lost.
/// </summary>
/// <remarks>A frame is due when its oldest event has waited long enough, when it is full, when the progress of the lanes has to be told, or
/// after a minute of silence, so that the receiver knows that nothing happened. One thread only.</remarks>
internal sealed class LaneBatcher(
    HostIdentity host, Lane lane, BootClock clock, AgentOptions options, TimeProvider time, LaneNumbers start, HostProgress progress)
{
    /// <summary>A lane without events still accounts for its numbers this often.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private readonly SequenceLedger _ledger = new(start.Settled, time);
    private readonly HashSet<ProcessNode> _known = [];
    private readonly List<LostRange> _lost = [];
    private List<HostEvent> _events = [];
    private List<HostEvent> _late = [];
    private ulong _sent = start.Sent;
    private long _sentAt = time.GetTimestamp();
    private long _oldest;
    private int _weight;
    private ulong _firstWaiting = ulong.MaxValue;
    private bool _holds;

    private TimeSpan Patience => lane == Lane.High ? options.HighValueFlushInterval : options.FlushInterval;

    /// <summary>An event that is to be sent.</summary>
    internal void Add(HostEvent e)
    {
        NoteOldest();
        (Account(e.Sequence) ? _events : _late).Add(e);
        _firstWaiting = Math.Min(_firstWaiting, e.Sequence);
        _weight += EventWeight.Of(e, _known);
    }

    /// <summary>
    /// A number whose event is held back until frames are due, and then added or not. Only for numbers that no frame has accounted for, see
    /// <see cref="HasLeft"/>.
    /// </summary>
    internal void Hold(ulong sequence)
    {
        NoteOldest();
        Account(sequence);
        _firstWaiting = Math.Min(_firstWaiting, sequence);
        _holds = true;
    }

    /// <summary>An event whose number was held, or that stands for others that were.</summary>
    internal void AddHeld(HostEvent e)
    {
        _events.Add(e);
        _weight += EventWeight.Of(e, _known);
    }

    /// <summary>True when a frame has accounted for the number.</summary>
    internal bool HasLeft(ulong sequence) => sequence <= _sent;

    /// <summary>A number whose event stays on the host.</summary>
    internal void Skip(ulong sequence) => Account(sequence);

    /// <summary>A number whose record could not be used.</summary>
    internal void Lose(ulong sequence, LossCause cause)
    {
        if (Account(sequence))
        {
            _lost.Add(new LostRange(new SequenceRange(sequence, sequence), cause));
            _firstWaiting = Math.Min(_firstWaiting, sequence);
        }
    }

    /// <summary>How long until what waits is due; null when nothing waits.</summary>
    internal TimeSpan? DueIn => _holds || _events.Count + _late.Count > 0 ? Patience - time.GetElapsedTime(_oldest) : null;

    /// <summary>The kernel's last given number, so that losses at the end of a flood are seen too.</summary>
    internal void KernelGave(ulong sequence) => _ledger.KernelGave(sequence);

    /// <summary>The highest number of which is known that the kernel has given it.</summary>
    internal ulong Highest => _ledger.Given;

    /// <summary>How far nothing waits here: what comes before was sent, or stays on the host. Null while an event that came late waits.</summary>
    internal LaneNumbers? Settled => _late.Count > 0 ? null : new LaneNumbers(_sent, Math.Max(_sent, Math.Min(_ledger.Accounted, _firstWaiting - 1)));

    /// <summary>The frames that are due now.</summary>
    /// <param name="final">True when nothing more can come: everything is due.</param>
    /// <param name="flush">True when everything that can be accounted for is due.</param>
    /// <param name="tellHeld">Called when there are some, to add what is held.</param>
    internal IReadOnlyList<Frame> TakeDue(bool final, Action? tellHeld = null, bool flush = false)
    {
        foreach (var missing in _ledger.DeclareLost(final))
        {
            _lost.Add(new LostRange(missing, LossCause.Kernel));
            _firstWaiting = Math.Min(_firstWaiting, missing.First);
        }

        if (!IsDue(final || flush))
        {
            return [];
        }

        if (_holds)
        {
            _holds = false;
            tellHeld?.Invoke();
        }

        var late = _late.OrderBy(e => e.Sequence).ToArray();
        var range = new SequenceRange(_sent + 1, _ledger.Accounted);
        var events = _events.Where(e => e.Sequence <= range.Last).OrderBy(e => e.Sequence).ToArray();
        var lost = _lost.Where(l => l.Range.Last <= range.Last).OrderBy(l => l.Range.First).ToArray();
        var speaks = time.GetElapsedTime(_sentAt) >= Silence || (progress.IsTailDue && lane == HostProgress.Speaker);
        if (late.Length == 0 && range.Count == 0 && !speaks)
        {
            return [];
        }

        Reset(range.Last);
        var progressBefore = progress.Told;
        var frames = late.Select(e => FrameOf(new SequenceRange(e.Sequence, e.Sequence), [e], [], progressBefore)).ToList();
        progress.Sent(lane, range.Last, late.Concat(events));

        // An empty range says: still here, and nothing happened.
        if (range.Count > 0 || speaks)
        {
            frames.Add(FrameOf(range, events, lost, progress.Told));
        }

        return frames;
    }

    /// <summary>Accounts for a number. One that was declared lost but not yet told so is simply no longer lost.</summary>
    /// <returns>False when it was told as lost.</returns>
    private bool Account(ulong sequence)
    {
        if (_ledger.Observe(sequence))
        {
            return true;
        }

        var index = _lost.FindIndex(l => l.Range.Contains(sequence));
        if (index < 0)
        {
            return false;
        }

        var (range, cause) = _lost[index];
        _lost.RemoveAt(index);
        if (range.First < sequence)
        {
            _lost.Add(new LostRange(range with { Last = sequence - 1 }, cause));
        }

        if (range.Last > sequence)
        {
            _lost.Add(new LostRange(range with { First = sequence + 1 }, cause));
        }

        return true;
    }

    private void NoteOldest()
    {
        if (!_holds && _events.Count == 0 && _late.Count == 0)
        {
            _oldest = time.GetTimestamp();
        }
    }

    private bool IsDue(bool all)
    {
        var hasEvents = _holds || _events.Count + _late.Count > 0;
        var waiting = hasEvents || _lost.Count > 0;
        return all || progress.IsTailDue
            || (waiting && (_weight >= options.FrameBytes || time.GetElapsedTime(hasEvents ? _oldest : _sentAt) >= Patience))
            || time.GetElapsedTime(_sentAt) >= Silence;
    }

    private void Reset(ulong last)
    {
        _sent = last;
        _sentAt = time.GetTimestamp();
        _events = [.. _events.Where(e => e.Sequence > last)];
        _lost.RemoveAll(l => l.Range.Last <= last);
        _firstWaiting = _events.Select(e => e.Sequence).Concat(_lost.Select(l => l.Range.First)).DefaultIfEmpty(ulong.MaxValue).Min();
        _late = [];
        _known.Clear();
        _weight = 0;
        _oldest = time.GetTimestamp();
    }

    private Frame FrameOf(SequenceRange range, IReadOnlyList<HostEvent> events, IReadOnlyList<LostRange> lost, IReadOnlyList<LaneProgress> told) => new()
    {
        Host = host,
        Lane = lane,
        Range = range,
        BootTimeUnixNs = clock.BootTimeUnixNs,
        Events = events,
        Lost = lost,
        Progress = told,
    };
}
