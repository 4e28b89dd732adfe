using EdgeAgent.Enrichment;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// Sixth stage, one per lane: gathers events into frames whose ranges join without gap, and says in them what was lost.
/// </summary>
/// <remarks>A frame is due when its oldest event has waited long enough, when it is full, when the progress of the lanes or the agent's
/// heartbeat has to be told, or after a minute of silence, so that the receiver knows that nothing happened. Who takes a frame gives its events back to their pool
/// when it is encoded, and the frame to <see cref="Reuse"/>. One thread only.</remarks>
internal sealed class LaneBatcher(
    HostIdentity host, Lane lane, BootClock clock, TimeProvider time, LaneNumbers start, HostProgress progress,
    HostHeartbeat? heartbeat = null)
{
    /// <summary>A lane without events still accounts for its numbers this often.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Lists of events that are kept for the next frame.</summary>
    private const int MostUnused = 2;

    private readonly SequenceLedger _ledger = new(start.Settled, time);
    private readonly HashSet<ProcessNode> _known = [];
    private readonly List<LostRange> _lost = [];
    private readonly List<HostEvent> _late = [];
    private readonly Stack<List<HostEvent>> _unused = new();
    private List<HostEvent> _events = [];
    private ulong _sent = start.Sent;
    private long _sentAt = time.GetTimestamp();
    private long _oldest;
    private int _weight;
    private ulong _firstWaiting = ulong.MaxValue;
    private bool _holds;

    private TimeSpan Patience => progress.Gathering.Patience(lane, _holds);

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

    /// <summary>
    /// True when the agent before this one has sent the number, told it as lost, or left it on the host: its record was still in the ring only because records are
    /// given back together. It tells of processes, and nothing else is to be done with it.
    /// </summary>
    internal bool IsOfLifeBefore(ulong sequence) => sequence <= start.Settled;

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

        var range = new SequenceRange(_sent + 1, _ledger.Accounted);
        var speaks = time.GetElapsedTime(_sentAt) >= Silence || IsBeatDue || (progress.IsTailDue && lane == HostProgress.Speaker);
        if (_late.Count == 0 && range.Count == 0 && !speaks)
        {
            return [];
        }

        var late = _late.Count > 0 ? _late.OrderBy(e => e.Sequence).ToArray() : [];
        var events = TakeEvents(range.Last);
        var lost = _lost.Count > 0 ? _lost.Where(l => l.Range.Last <= range.Last).OrderBy(l => l.Range.First).ToArray() : [];
        Reset(range.Last);
        var progressBefore = progress.Told;
        var frames = late.Select(e => FrameOf(new SequenceRange(e.Sequence, e.Sequence), [e], [], progressBefore)).ToList();
        progress.Sent(lane, range.Last, Newest(events, Newest(late, null)));

        // An empty range says: still here, and nothing happened.
        if (range.Count > 0 || speaks)
        {
            frames.Add(FrameOf(range, events, lost, progress.Told, heartbeat?.Take()));
        }

        return frames;
    }

    /// <summary>The frame is encoded and its events are given back: their list is used again.</summary>
    internal void Reuse(Frame frame)
    {
        if (frame.Events is List<HostEvent> events && _unused.Count < MostUnused)
        {
            events.Clear();
            _unused.Push(events);
        }
    }

    /// <summary>The events up to a number, in order. Nearly always all, and in order already.</summary>
    private List<HostEvent> TakeEvents(ulong last)
    {
        var taken = _events;
        for (var i = 1; i < taken.Count; i++)
        {
            if (taken[i].Sequence < taken[i - 1].Sequence)
            {
                taken.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
                break;
            }
        }

        _events = _unused.TryPop(out var unused) ? unused : [];
        var count = taken.Count;
        while (count > 0 && taken[count - 1].Sequence > last)
        {
            count--;
        }

        for (var i = count; i < taken.Count; i++)
        {
            _events.Add(taken[i]);
        }

        taken.RemoveRange(count, taken.Count - count);
        return taken;
    }

    private static ulong? Newest(IReadOnlyList<HostEvent> events, ulong? newest)
    {
        for (var i = 0; i < events.Count; i++)
        {
            newest = Math.Max(newest ?? 0, events[i].BootNs);
        }

        return newest;
    }

    /// <summary>Accounts for a number. One that was declared lost but not yet told so is simply no longer lost.</summary>
    /// <returns>False when it was told as lost.</returns>
    private bool Account(ulong sequence) => _ledger.Observe(sequence) || Found(sequence);

    private bool Found(ulong sequence)
    {
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

    private bool IsBeatDue => heartbeat is { IsDue: true };

    private bool IsDue(bool all)
    {
        var hasEvents = _holds || _events.Count + _late.Count > 0;
        var waiting = hasEvents || _lost.Count > 0;
        return all || progress.IsTailDue || IsBeatDue
            || (waiting && (_weight >= progress.Gathering.FrameBytes || time.GetElapsedTime(hasEvents ? _oldest : _sentAt) >= Patience))
            || time.GetElapsedTime(_sentAt) >= Silence;
    }

    private void Reset(ulong last)
    {
        _sent = last;
        _sentAt = time.GetTimestamp();
        _lost.RemoveAll(l => l.Range.Last <= last);
        _late.Clear();
        _firstWaiting = FirstWaiting();
        _known.Clear();
        _weight = 0;
        _oldest = time.GetTimestamp();
    }

    private ulong FirstWaiting()
    {
        var first = ulong.MaxValue;
        for (var i = 0; i < _events.Count; i++)
        {
            // One that counts others stands for numbers before its own.
            first = Math.Min(first, _events[i].Repeated > 0 ? _sent + 1 : _events[i].Sequence);
        }

        for (var i = 0; i < _lost.Count; i++)
        {
            first = Math.Min(first, _lost[i].Range.First);
        }

        return first;
    }

    private Frame FrameOf(SequenceRange range, IReadOnlyList<HostEvent> events, IReadOnlyList<LostRange> lost, IReadOnlyList<LaneProgress> told,
        Heartbeat? beat = null) => new()
    {
        Host = host,
        Lane = lane,
        Range = range,
        BootTimeUnixNs = clock.BootTimeUnixNs,
        Events = events,
        Lost = lost,
        Progress = told,
        Heartbeat = beat,
    };
}
