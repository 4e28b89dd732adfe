using Wire.Model;

namespace Detection.Correlation.Telemetry;

/// <content>What of it has to be stored, and what is assumed after it was loaded.</content>
internal sealed partial class HostTelemetry
{
    // How far it was when it was loaded.
    private long _loadedNs = long.MinValue;

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
        _loadedNs = ProgressedNs;
        foreach (var boot in _boots.Values)
        {
            boot.IsChained = boot.NewestFrame is not null;
            foreach (var lane in boot.Lanes)
            {
                lane.AwaitsFrame = true;
            }
        }
    }

    /// <summary>True when numbers are missing between those that are known of a frame's lane and the frame, or nothing is known of its lane.</summary>
    public bool IsAheadOf(Frame frame) =>
        !_boots.TryGetValue(frame.Host.BootId, out var boot) || !boot.LaneIds.Contains(frame.Lane) || frame.Range.First > boot[frame.Lane].Last + 1;

    /// <summary>Takes up that a frame comes, before its numbers.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="digest">Its name; null = not known.</param>
    public void Follow(Frame frame, FrameDigest? digest)
    {
        var boot = Boot(frame.Host.BootId);
        var lane = boot[frame.Lane];
        var isStart = frame.Previous is null && boot.NewestFrame is not null;
        boot.IsChained &= digest is not null && frame.Previous is not null && frame.Previous == boot.NewestFrame;
        if (lane.AwaitsFrame && frame.Range.First > lane.Last + 1 && !boot.IsChained && !isStart && IsSoon(frame))
        {
            lane.Assume(frame.Range.First);
        }

        lane.AwaitsFrame &= frame.Range.First <= lane.Last && frame.Range.Last <= lane.Last;
        boot.NewestFrame = digest;
        Steps++;
    }

    // What was not written down is of one such span; then a host that lives is silent for no longer than about another.
    private bool IsSoon(Frame frame)
    {
        var untilNs = Ns.Plus(_loadedNs, 2 * limits.UnsavedNs);
        return frame.Events.Count > 0
            ? frame.Events.Min(e => e.TimeNs) <= untilNs
            : frame.Progress.Count == 0 || frame.Progress.Min(progress => (Int128)frame.BootTimeUnixNs + progress.UntilBootNs) <= untilNs;
    }
}
