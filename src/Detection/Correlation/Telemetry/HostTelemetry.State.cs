using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <content>What of it has to be stored, and what is assumed after it was loaded.</content>
internal sealed partial class HostTelemetry
{
    /// <summary>Grows with whatever is taken up, be it that it was known.</summary>
    public long Steps { get; private set; }

    /// <summary>The latest time that the host has told anything of, ns.</summary>
    public long ProgressedNs
    {
        get
        {
            var progressedNs = Latest.TimeNs;
            foreach (var boot in _boots.Values)
            {
                foreach (var lane in boot.Lanes)
                {
                    progressedNs = Math.Max(progressedNs, lane.ProgressNs);
                }
            }

            return progressedNs;
        }
    }

    // What is late by more than the bound does not come any more.
    private long MissingSinceNs => Ns.Minus(Ns.Minus(Latest.TimeNs, limits.LatenessNs), limits.SkewNs);

    /// <summary>What was lost, of all lanes of all boots.</summary>
    public IEnumerable<LossSpan> Losses() => _boots.Values.SelectMany(boot => boot.Lanes).SelectMany(lane => lane.Losses(MissingSinceNs));

    /// <summary>A digest of all but progress: boots, holes, losses. Where it changes, it has to be stored.</summary>
    public ulong Shape()
    {
        var shape = default(ShapeHash);
        foreach (var (id, boot) in _boots)
        {
            shape.Add((ulong)id.GetHashCode());
            shape.Add(boot.OldestNs);
            foreach (var lane in boot.Lanes)
            {
                lane.AddTo(ref shape, MissingSinceNs);
            }
        }

        return shape.Value;
    }

    /// <summary>Forgets the lowest numbers of each lane, all but a share (0 to 1) of their ranges.</summary>
    public void Forget(double share)
    {
        foreach (var lane in _boots.Values.SelectMany(boot => boot.Lanes))
        {
            counters.EvictedRanges += lane.Forget(Math.Max(1, (int)(lane.Segments.Count * share)));
        }
    }

    /// <summary>It was loaded: what comes next may be behind frames that nobody wrote down.</summary>
    public void Loaded()
    {
        // What was not written down is of one such span; then a host that lives is silent for no longer than about another.
        var untilNs = limits.UnsavedNs == 0 ? long.MinValue : Ns.Plus(Ns.Plus(ProgressedNs, limits.UnsavedNs), limits.UnsavedNs);
        foreach (var boot in _boots.Values)
        {
            boot.AwaitsFrame = true;
            foreach (var lane in boot.Lanes)
            {
                lane.AssumesUntilNs = untilNs;
            }
        }
    }

    /// <summary>True when numbers are missing between those that are known of a frame's lane and the frame, or nothing is known of its lane.</summary>
    public bool IsAheadOf(Frame frame) =>
        !_boots.TryGetValue(frame.Host.BootId, out var boot) || !boot.LaneIds.Contains(frame.Lane) || boot[frame.Lane].IsBefore(frame.Range.First);

    /// <summary>Takes up that a frame comes, before its numbers.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="digest">Its name; null = not known.</param>
    public void Follow(Frame frame, FrameDigest? digest)
    {
        var boot = Boot(frame.Host.BootId);
        var lane = boot[frame.Lane];
        Steps++;
        if (frame.Range.First <= frame.Range.Last && frame.Range.Last <= lane.Last)
        {
            // It came again, and says nothing of what came since.
            return;
        }

        if (boot.AwaitsFrame)
        {
            boot.AwaitsFrame = false;
            if (Contradicts(frame, boot))
            {
                Array.ForEach(boot.Lanes, awaiting => awaiting.AssumesUntilNs = long.MinValue);
            }
        }

        boot.NewestFrame = digest;
        var isAhead = lane.IsBefore(frame.Range.First);
        if (!isAhead && frame.Range.Last <= lane.Last)
        {
            return;
        }

        if (isAhead && ToldNs(frame) <= lane.AssumesUntilNs)
        {
            lane.Assume(frame.Range.First);
        }

        lane.AssumesUntilNs = long.MinValue;
    }

    // The frame that was stored last is the one that it follows, or it knows of none before: so nobody saw one between.
    private static bool Contradicts(Frame frame, BootTrack boot) =>
        boot.NewestFrame is { } newest && (frame.Previous is null || frame.Previous == newest);

    // The earliest time that a frame says something of, ns.
    private static Int128 ToldNs(Frame frame) =>
        frame.Events.Count > 0 ? frame.Events.Min(e => e.TimeNs)
        : frame.Progress.Count > 0 ? frame.Progress.Min(progress => (Int128)frame.BootTimeUnixNs + progress.UntilBootNs)
        : long.MinValue + 1;
}
