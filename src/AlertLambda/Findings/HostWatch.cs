using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>
/// Looks at the frames of one host for what they say of the telemetry itself: numbers and frames that never came, frames that another sender
/// made, losses, probes that do not fire, clocks.
/// </summary>
/// <remarks>
/// The times are those at which the stream took the frames, so the same frames give the same findings. What is remembered says up to which record of which
/// shard it holds the frames: one that comes again after a start changes nothing. Not thread-safe. The chain is followed in memory
/// only: after a start the first frame that names an unknown one is believed.
/// </remarks>
/// <param name="state">What is remembered; changed by each frame.</param>
public sealed partial class HostWatch(WatchState state)
{
    /// <summary>How long a frame may be overtaken by others.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly FindingLog _log = new(state.Open);
    private readonly HashSet<(Guid, Lane)> _sure = [];

    /// <summary>What is remembered.</summary>
    public WatchState State => state;

    /// <summary>True when what is remembered has changed in a way that must not be lost, since <see cref="MarkSaved"/> was told last.</summary>
    public bool HasNews { get; private set; }

    /// <summary>What is remembered is in the store.</summary>
    public void MarkSaved() => HasNews = false;

    /// <summary>Looks at a frame.</summary>
    /// <param name="bytes">As it came.</param>
    /// <param name="frame">The same, decoded.</param>
    /// <param name="nowMs">When the stream took it, Unix ms.</param>
    /// <param name="isStreamTime">False when the stream did not say it: then the time tells nothing of the host's clock.</param>
    /// <param name="place">Where it is in a shard of which all that was evaluated and is not remembered comes again; null = it may be lost.</param>
    /// <returns>What begins or is over with it; usually nothing.</returns>
    public IReadOnlyList<Finding> Observe(ReadOnlySpan<byte> bytes, Frame frame, long nowMs, bool isStreamTime = true, StreamPlace? place = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (state.IsTaken(place))
        {
            // What comes after it is compared with it.
            ChainOf(frame.Host.BootId, out var check);
            check.Add(bytes, frame);
            return [];
        }

        var isComplete = state.Take(place);
        _log.End(FindingKind.AgentSilent, frame.Host, nowMs);
        if (LookAtChain(bytes, frame, nowMs))
        {
            LookAtNumbers(frame, nowMs, isComplete);
            LookAtLosses(frame, nowMs);
            LookAtHeartbeat(frame, nowMs);
            LookAtClock(frame, nowMs, isStreamTime);
        }

        _log.EndQuiet(frame.Host, nowMs, FindingKind.TelemetryGap, FindingKind.ForgedTelemetry, FindingKind.AgentDegraded, FindingKind.ClockSkew);
        return Take();
    }

    /// <summary>The host is silent for too long.</summary>
    /// <param name="host">The host.</param>
    /// <param name="heardMs">When it was last heard of, Unix ms.</param>
    /// <param name="nowMs">The time, Unix ms.</param>
    public IReadOnlyList<Finding> ObserveSilence(HostIdentity host, long heardMs, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!_log.IsOpen(FindingKind.AgentSilent))
        {
            _log.Note(FindingKind.AgentSilent, host, nowMs, [new FindingFact("Last heard of", Times.Utc(heardMs))], heardMs);
        }

        return Take();
    }

    private IReadOnlyList<Finding> Take()
    {
        HasNews |= _log.Changed;
        return _log.Take();
    }

    private void LookAtNumbers(Frame frame, long nowMs, bool isComplete)
    {
        var key = (frame.Host.BootId, frame.Lane);
        var lane = state.Lanes.Find(known => known.Boot == key.BootId && known.Lane == key.Lane);
        var sure = !_sure.Add(key) || isComplete;
        if (lane is null)
        {
            lane = new LaneNumbers { Boot = key.BootId, Lane = key.Lane, Next = frame.Range.First };
            state.Lanes.Add(lane);
            if (state.Lanes.Count > WatchState.MostLanes)
            {
                state.Lanes.Remove(state.Lanes.MinBy(known => known.LastMs)!);
            }
        }

        HasNews |= lane.Add(frame.Range, nowMs, sure);
        TellMissing(frame.Host, nowMs);
    }

    private void TellMissing(HostIdentity host, long nowMs)
    {
        var beforeMs = nowMs - (long)Grace.TotalMilliseconds;
        foreach (var lane in state.Lanes)
        {
            foreach (var hole in lane.TakeMissing(beforeMs))
            {
                _log.Note(FindingKind.TelemetryGap, host, nowMs,
                [
                    new FindingFact("Missing", $"{Times.Count(hole.Last - hole.First + 1)} numbers of lane {lane.Lane}, {Range(new SequenceRange(hole.First, hole.Last))}"),
                    new FindingFact("Boot", lane.Boot.ToString()),
                    new FindingFact("A later one came at", Times.Utc(hole.SinceMs)),
                ], hole.SinceMs);
            }
        }

        foreach (var frame in state.TakeMissingFrames(beforeMs))
        {
            _log.Note(FindingKind.TelemetryGap, host, nowMs,
                [new FindingFact("Missing", $"the frame {frame.Name}, which another one names"), new FindingFact("It was named at", Times.Utc(frame.SinceMs))], frame.SinceMs);
        }
    }

    private static string Range(SequenceRange range) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{range.First} to {range.Last}");
}
