namespace Detection.Correlation.Telemetry;

/// <summary>
/// What is known of the numbers of one lane of one boot: seen, lost, or not known yet. Depends only on what was added, not on the
/// order. Bounded by <see cref="Forget"/>; not thread-safe.
/// </summary>
internal sealed partial class LaneTrack
{
    private readonly List<Segment> _segments = [];

    private bool _assumed;

    // Up to here the segments follow each other without a hole.
    private int _contiguous;

    /// <summary>What is known, ascending; neighbours that touch differ in what is known.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>The number that the lane began with, as far as that matters: 1, or what is left after the lowest were forgotten.</summary>
    public ulong Base { get; set; } = 1;

    /// <summary>The highest number of which the host said: all numbers up to <c>Last</c> …</summary>
    public ulong ProgressLast { get; private set; }

    /// <summary>… are all there were before this time, ns, the latest that was said; <see cref="Segment.NoTime"/> = nothing was said.</summary>
    public long ProgressNs { get; private set; } = Segment.NoTime;

    /// <summary>The earliest time that was said of that number, ns: the events up to it are older.</summary>
    public long ProgressSinceNs { get; private set; } = Segment.NoTime;

    /// <summary>True when there are numbers whose events never came.</summary>
    public bool HasLosses => _segments.Count > 1 || (_segments.Count == 1 && _segments[0].IsLost);

    /// <summary>Highest number up to which nothing is unknown; 0 when there is none.</summary>
    public ulong ContiguousLast => ContiguousIndex() is var i and >= 0 ? _segments[i].Last : 0;

    /// <summary>Takes up an event.</summary>
    /// <returns>False when it was there.</returns>
    public bool AddEvent(ulong sequence, long timeNs)
    {
        if (IsSeen(sequence))
        {
            return false;
        }

        Put(new Segment(sequence, sequence, SegmentKind.Covered, timeNs, timeNs));
        return true;
    }

    /// <summary>Takes up numbers that were filtered on the host, be it that they were called lost before. An empty range adds nothing.</summary>
    public void AddFiltered(ulong first, ulong last) => AddWhere(first, last, SegmentKind.Covered, static segment => segment.Kind != SegmentKind.Covered);

    /// <summary>Takes up numbers whose events never came, but for those that did. An empty range adds nothing.</summary>
    public void AddLost(ulong first, ulong last) => AddWhere(first, last, SegmentKind.Lost, static segment => segment.Kind == SegmentKind.Assumed);

    /// <summary>Takes up what the host says of the lane.</summary>
    public void NoteProgress(ulong last, long untilNs)
    {
        if (last > ProgressLast || ProgressNs == Segment.NoTime)
        {
            (ProgressLast, ProgressNs, ProgressSinceNs) = (last, untilNs, untilNs);
        }
        else if (last == ProgressLast)
        {
            (ProgressNs, ProgressSinceNs) = (Math.Max(ProgressNs, untilNs), Math.Min(ProgressSinceNs, untilNs));
        }
    }

    /// <summary>Time up to which the lane is complete by its numbers; <see cref="Segment.NoTime"/> when no number is known.</summary>
    public long CompleteNs()
    {
        var completeNs = ProgressNs != Segment.NoTime && ContiguousLast >= ProgressLast ? ProgressNs : Segment.NoTime;
        for (var i = ContiguousIndex(); i >= 0; i--)
        {
            if (_segments[i].LastTimeNs != Segment.NoTime)
            {
                return Math.Max(completeNs, _segments[i].LastTimeNs);
            }
        }

        return completeNs;
    }

    /// <summary>Calls the holes lost that end before a time: what is missing there will not come any more.</summary>
    public void LoseHolesBefore(long timeNs)
    {
        for (var i = ContiguousIndex(); i + 1 < _segments.Count; i = ContiguousIndex())
        {
            var right = i + 1;
            while (right < _segments.Count && _segments[right].FirstTimeNs == Segment.NoTime)
            {
                right++;
            }

            if (right == _segments.Count || _segments[right].FirstTimeNs > timeNs)
            {
                return;
            }

            AddLost(i < 0 ? Base : _segments[i].Last + 1, _segments[i + 1].First - 1);
        }

        // Behind the last known number, too: those that the host gave.
        if (ProgressSinceNs == Segment.NoTime || ProgressSinceNs > timeNs || ProgressLast <= ContiguousLast)
        {
            return;
        }

        if (_segments.Count > 0 && ProgressSinceNs <= AssumesUntilNs)
        {
            Assume(ProgressLast + 1);
        }
        else
        {
            AddLost(Math.Max(Base, ContiguousLast + 1), ProgressLast);
        }
    }

    /// <summary>True when events were lost at a time that may lie between two others.</summary>
    /// <param name="fromNs">From this time …</param>
    /// <param name="toNs">… to this.</param>
    /// <param name="endsBeforeNs">
    /// Of the losses that an event came after, only those where it came by then. A loss that nothing came after counts from its start on.
    /// </param>
    /// <param name="missingSinceNs">Numbers that are neither known nor lost are of events later than this.</param>
    public bool LostBetween(long fromNs, long toNs, long endsBeforeNs, long missingSinceNs)
    {
        // From the newest to the oldest, with the time of the first event after.
        var afterNs = Segment.NoTime;
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            if (_segments[i].IsLost)
            {
                var isOver = afterNs != Segment.NoTime ? afterNs >= fromNs && afterNs <= endsBeforeNs : ToldOf(i) >= fromNs;
                if (isOver && StartOf(i, missingSinceNs) <= toNs)
                {
                    return true;
                }
            }
            else if (_segments[i].FirstTimeNs != Segment.NoTime)
            {
                afterNs = _segments[i].FirstTimeNs;
                if (_segments[i].LastTimeNs < fromNs)
                {
                    return false;
                }
            }
        }

        return false;
    }

    /// <summary>Forgets the lowest segments above a number of them.</summary>
    /// <returns>How many: their events are no longer known as duplicates.</returns>
    public int Forget(int most)
    {
        var forgotten = Math.Max(0, _segments.Count - most);
        _segments.RemoveRange(0, forgotten);
        if (forgotten > 0)
        {
            (_contiguous, Base) = (0, _segments[0].First);
        }

        return forgotten;
    }

    /// <summary>Takes up a segment as it was written by <see cref="Segments"/>, in the same order.</summary>
    public void Restore(Segment segment)
    {
        _segments.Add(segment);
        _assumed |= segment.Kind == SegmentKind.Assumed;
    }

    private bool IsSeen(ulong sequence) => Find(sequence) is var i and >= 0 && _segments[i].Kind == SegmentKind.Covered;

    // Index of the segment that holds a number, or -1.
    private int Find(ulong sequence)
    {
        var i = IndexAfter(sequence) - 1;
        return i >= 0 && _segments[i].Last >= sequence ? i : -1;
    }

    // Index of the first segment that begins after a number.
    private int IndexAfter(ulong sequence)
    {
        if (_segments.Count == 0 || _segments[^1].First <= sequence)
        {
            return _segments.Count;
        }

        int low = 0, high = _segments.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _segments[middle].First > sequence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // Puts numbers where nothing, or nothing better, is known.
    private void AddWhere(ulong first, ulong last, SegmentKind kind, Func<Segment, bool> isWorse)
    {
        while (first <= last && first > 0)
        {
            var i = Find(first);
            var end = i >= 0 ? _segments[i].Last : IndexAfter(first) is var next && next < _segments.Count ? _segments[next].First - 1 : last;
            if (i < 0 || isWorse(_segments[i]))
            {
                Put(new Segment(first, Math.Min(end, last), kind, Segment.NoTime, Segment.NoTime));
            }

            first = end + 1;
        }
    }

    // Puts a segment over a hole, or over a part of one that less is known of.
    private void Put(Segment segment)
    {
        var over = Find(segment.First);
        var at = IndexAfter(segment.First);
        if (over >= 0)
        {
            var worse = _segments[over];
            _segments.RemoveAt(over);
            at = over;
            if (worse.First < segment.First)
            {
                _segments.Insert(at++, worse with { Last = segment.First - 1 });
            }

            if (worse.Last > segment.Last)
            {
                _segments.Insert(at, worse with { First = segment.Last + 1 });
            }
        }

        _segments.Insert(at, segment);
        _contiguous = Math.Min(_contiguous, Math.Max(0, at - 1));
        MergeAt(at);
        MergeAt(at - 1);
    }

    private void MergeAt(int i)
    {
        if (i >= 0 && i + 1 < _segments.Count && _segments[i].Kind == _segments[i + 1].Kind && _segments[i].Last + 1 == _segments[i + 1].First)
        {
            _segments[i] = _segments[i].Join(_segments[i + 1]);
            _segments.RemoveAt(i + 1);
        }
    }

    // Index of the last segment before the first hole; -1 when the hole is at the beginning.
    private int ContiguousIndex()
    {
        if (_segments.Count == 0 || _segments[0].First > Base)
        {
            return -1;
        }

        _contiguous = Math.Min(_contiguous, Math.Max(0, _segments.Count - 1));
        while (_contiguous + 1 < _segments.Count && _segments[_contiguous].Last + 1 == _segments[_contiguous + 1].First)
        {
            _contiguous++;
        }

        return _contiguous;
    }

    // The time before which its numbers were not given: of the event before it, or as the host says. What is behind numbers that are
    // still missing is later than they are, too.
    private long StartOf(int lost, long missingSinceNs)
    {
        var startNs = ProgressNs != Segment.NoTime && ProgressLast < _segments[lost].First ? ProgressNs : long.MinValue;
        for (var i = lost; i >= 0; i--)
        {
            if ((i > 0 ? _segments[i - 1].Last + 1 : Base) < _segments[i].First)
            {
                startNs = Math.Max(startNs, missingSinceNs);
            }

            if (i > 0 && _segments[i - 1].LastTimeNs != Segment.NoTime)
            {
                return Math.Max(startNs, _segments[i - 1].LastTimeNs);
            }
        }

        return startNs;
    }

    // The time before which its numbers were given, as the host says.
    private long ToldOf(int lost) =>
        ProgressSinceNs != Segment.NoTime && ProgressLast >= _segments[lost].Last ? ProgressSinceNs : long.MaxValue;
}
