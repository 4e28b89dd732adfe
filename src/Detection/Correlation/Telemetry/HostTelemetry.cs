using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <summary>
/// Which events of one host were seen, which are lost, and up to which time everything is there: the host's watermark. Bounded; not
/// thread-safe.
/// </summary>
/// <remarks>
/// By the lateness bound every event comes before any that is later by more than it. So twice the bound behind the newest event
/// everything is there, and it is known of every hole near that time that it will not be filled. Where all lanes' numbers are
/// contiguous, the watermark is at their end, less the skew between the stamps of two processors.
/// </remarks>
internal sealed partial class HostTelemetry(DetectionLimits limits, DetectionCounters counters)
{
    /// <summary>Boots of one host that are remembered.</summary>
    private const int MaxBoots = 8;

    /// <summary>So many events in a row beyond the lateness bound are no stragglers: the clock was set back.</summary>
    private const int ClockSetBack = 32;

    private readonly Dictionary<Guid, BootTrack> _boots = [];
    private (Guid Id, BootTrack? Track) _last;
    private int _beyond;

    /// <summary>The boots, for the state.</summary>
    public IReadOnlyDictionary<Guid, BootTrack> Boots => _boots;

    /// <summary>The highest place that an event had.</summary>
    public EventPlace Latest { get; set; } = new(long.MinValue, default);

    /// <summary>True when there are numbers whose events never came.</summary>
    public bool HasLosses
    {
        get
        {
            foreach (var boot in _boots.Values)
            {
                foreach (var lane in boot.Lanes)
                {
                    if (lane.HasLosses)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>All events up to this time are there, ns; goes back only with the host's clock.</summary>
    public long WatermarkNs { get; set; } = long.MinValue;

    /// <summary>How many segments are remembered.</summary>
    public int SegmentCount => _boots.Values.Sum(boot => boot.Lanes.Sum(lane => lane.Segments.Count));

    /// <summary>The track of a boot, made if it is new.</summary>
    public BootTrack Boot(Guid id)
    {
        if (_last.Track is not null && _last.Id == id)
        {
            return _last.Track;
        }

        if (!_boots.TryGetValue(id, out var boot))
        {
            if (_boots.Count == MaxBoots)
            {
                ForgetOldestBoot();
            }

            _boots.Add(id, boot = new BootTrack());
        }

        _last = (id, boot);
        return boot;
    }

    /// <summary>Takes up an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="late">True when a later event of the host was taken up before.</param>
    /// <returns>False when the event was seen before.</returns>
    public bool Add(HostEvent e, out bool late)
    {
        late = false;
        var boot = Boot(e.Host.BootId);
        if (!boot[e.Lane].AddEvent(e.Sequence, e.TimeNs))
        {
            return false;
        }

        Steps++;
        boot.OldestNs = Math.Min(boot.OldestNs, e.TimeNs);
        boot.NewestNs = Math.Max(boot.NewestNs, e.TimeNs);
        var place = EventPlace.Of(e);
        late = place.CompareTo(Latest) < 0;
        if (!late)
        {
            (Latest, _beyond) = (place, 0);
        }
        else
        {
            NoteLate(place, isAwaited: e.Sequence <= boot[e.Lane].ProgressLast);
        }

        return true;
    }

    /// <summary>Takes up the numbers of a frame from one up to before another: lost, or filtered on the host.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="from">First number.</param>
    /// <param name="before">Number after the last.</param>
    /// <param name="lost">Index of the first lost range that is not before <paramref name="from"/>.</param>
    /// <returns>That index for the numbers from <paramref name="before"/>.</returns>
    public int Cover(Frame frame, ulong from, ulong before, int lost)
    {
        var lane = Boot(frame.Host.BootId)[frame.Lane];
        for (; lost < frame.Lost.Count && frame.Lost[lost].Range.First < before; lost++)
        {
            var (range, _) = frame.Lost[lost];
            lane.AddFiltered(from, range.First - 1);
            lane.AddLost(range.First, range.Last);
            from = range.Last + 1;
            Bound(lane);
        }

        lane.AddFiltered(from, before - 1);
        Steps++;
        return lost;
    }

    /// <summary>Takes up what a frame says of its host's lanes.</summary>
    public void NoteProgress(Frame frame)
    {
        var boot = Boot(frame.Host.BootId);
        foreach (var progress in frame.Progress)
        {
            var untilNs = (Int128)frame.BootTimeUnixNs + progress.UntilBootNs;
            boot[progress.Lane].NoteProgress(progress.Last, (long)Int128.Clamp(untilNs, long.MinValue + 1, long.MaxValue));
        }
    }

    /// <summary>Nothing more will come: what is not there is lost.</summary>
    public void Complete()
    {
        foreach (var lane in _boots.Values.SelectMany(boot => boot.Lanes))
        {
            lane.LoseHolesBefore(long.MaxValue);
        }

        WatermarkNs = long.MaxValue;
    }

    /// <summary>Moves the watermark on as far as it is known.</summary>
    /// <param name="commonNs">Time up to which all hosts' events are there, whatever their numbers say.</param>
    public void Advance(long commonNs)
    {
        if (_boots.Count == 0)
        {
            WatermarkNs = Math.Max(WatermarkNs, commonNs);
            return;
        }

        var nothingBeforeNs = Ns.Minus(Latest.TimeNs, limits.LatenessNs);
        var settledNs = Ns.Minus(nothingBeforeNs, limits.LatenessNs);
        var completeNs = long.MaxValue;

        // Of a silent host the others say what does not come any more.
        var missingNs = commonNs == long.MinValue ? nothingBeforeNs : Math.Max(nothingBeforeNs, Ns.Plus(commonNs, limits.LatenessNs));
        foreach (var boot in _boots.Values)
        {
            foreach (var lane in boot.Lanes)
            {
                lane.LoseHolesBefore(Ns.Minus(missingNs, limits.SkewNs));
                lane.SettleAssumed(Ns.Minus(missingNs, limits.SkewNs));
                Bound(lane);
            }

            // A boot that has been over for long will send nothing more; before a new one, another may still have something to say.
            if (boot.NewestNs >= settledNs)
            {
                completeNs = Math.Min(completeNs, boot.OldestNs < nothingBeforeNs ? boot.CompleteNs() : Segment.NoTime);
            }
        }

        WatermarkNs = Math.Max(WatermarkNs, Math.Max(commonNs, Math.Max(settledNs, Ns.Minus(completeNs, limits.SkewNs))));
    }

    /// <inheritdoc cref="LaneTrack.LostBetween"/>
    public bool LostBetween(long fromNs, long toNs, long endsBeforeNs)
    {
        foreach (var boot in _boots.Values)
        {
            foreach (var lane in boot.Lanes)
            {
                if (lane.LostBetween(fromNs, toNs, endsBeforeNs, MissingSinceNs))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // An event whose number the host has told before is one that waited on it: it says nothing of its clock.
    private void NoteLate(EventPlace place, bool isAwaited)
    {
        counters.LateEvents++;
        if (place.TimeNs >= Ns.Minus(Latest.TimeNs, limits.LatenessNs))
        {
            _beyond = 0;
            return;
        }

        counters.BeyondLateness++;
        if (!isAwaited && ++_beyond >= ClockSetBack)
        {
            (Latest, WatermarkNs, _beyond) = (place, long.MinValue, 0);
        }
    }

    // Some at once: each removal moves all that stay.
    private void Bound(LaneTrack lane)
    {
        if (lane.Segments.Count > limits.RangesPerLane + (limits.RangesPerLane / 8))
        {
            counters.EvictedRanges += lane.Forget(limits.RangesPerLane);
        }
    }

    private void ForgetOldestBoot()
    {
        var (id, boot) = _boots.MinBy(entry => entry.Value.NewestNs);
        counters.EvictedRanges += boot.Lanes.Sum(lane => lane.Segments.Count);
        _boots.Remove(id);
        _last = default;
    }
}
