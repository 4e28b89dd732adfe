using Wire.Model;

namespace Detection.Correlation;

/// <summary>Which events were seen, by identity, and how far each host's time has come. Bounded; not thread-safe.</summary>
internal sealed class SeenEvents(DetectionLimits limits, DetectionCounters counters)
{
    private readonly BoundedMap<(string HostId, Guid BootId), Source> _sources = new();

    /// <summary>Takes an event up.</summary>
    /// <param name="e">The event.</param>
    /// <param name="late">True when a later event of the same host and boot was taken up before.</param>
    /// <returns>False when the event was seen before.</returns>
    public bool Add(HostEvent e, out bool late)
    {
        var source = SourceOf(e.Host);
        late = false;
        var lane = source.Lane(e.Lane);
        if (!lane.Add(e.Sequence))
        {
            return false;
        }

        Trim(lane);
        late = NoteTime(source, e);
        return true;
    }

    /// <summary>Takes up the numbers of a frame from one up to before another, but for the lost ones.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="from">First number.</param>
    /// <param name="before">Number after the last.</param>
    /// <param name="lost">Index of the first lost range that is not before <paramref name="from"/>.</param>
    /// <returns>That index for the numbers from <paramref name="before"/>.</returns>
    public int Cover(Frame frame, ulong from, ulong before, int lost)
    {
        var lane = SourceOf(frame.Host).Lane(frame.Lane);
        for (; lost < frame.Lost.Count && frame.Lost[lost].Range.First < before; lost++)
        {
            // An event that was given up may come after all, in a frame of its own: not covered.
            var (range, _) = frame.Lost[lost];
            lane.Add(new SequenceRange(from, range.First - 1));
            from = range.Last + 1;
        }

        lane.Add(new SequenceRange(from, before - 1));
        Trim(lane);
        return lost;
    }

    private Source SourceOf(HostIdentity host)
    {
        var source = _sources.Touch((host.HostId, host.BootId), static () => new Source());
        if (_sources.Count > limits.Sources)
        {
            counters.EvictedRanges += _sources.RemoveOldest().RangeCount;
        }

        return source;
    }

    private void Trim(SequenceSet lane)
    {
        while (lane.RangeCount > limits.RangesPerLane)
        {
            lane.RemoveLowest();
            counters.EvictedRanges++;
        }
    }

    private bool NoteTime(Source source, HostEvent e)
    {
        if (source.Latest is null || EventOrder.Compare(source.Latest, e) < 0)
        {
            source.Latest = e;
            return false;
        }

        counters.LateEvents++;
        if (e.TimeNs < source.Latest.TimeNs - limits.LatenessNs)
        {
            counters.BeyondLateness++;
        }

        return true;
    }

    private sealed class Source
    {
        private readonly Dictionary<Lane, SequenceSet> _lanes = [];

        public HostEvent? Latest { get; set; }

        public int RangeCount => _lanes.Values.Sum(lane => lane.RangeCount);

        public SequenceSet Lane(Lane lane)
        {
            if (!_lanes.TryGetValue(lane, out var set))
            {
                _lanes.Add(lane, set = new SequenceSet());
            }

            return set;
        }
    }
}
