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
        var source = _sources.Touch((e.Host.HostId, e.Host.BootId), static () => new Source());
        if (_sources.Count > limits.Sources)
        {
            counters.EvictedRanges += _sources.RemoveOldest().RangeCount;
        }

        late = false;
        var lane = source.Lane(e.Lane);
        if (!lane.Add(e.Sequence))
        {
            return false;
        }

        if (lane.RangeCount > limits.RangesPerLane)
        {
            lane.RemoveLowest();
            counters.EvictedRanges++;
        }

        late = NoteTime(source, e);
        return true;
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
