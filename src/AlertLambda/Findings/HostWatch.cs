using Wire.Chain;
using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>
/// Looks at the frames of one host for what they say of the telemetry itself: numbers and frames that never came, frames that another sender
/// made, losses, probes that do not fire, clocks.
/// </summary>
/// <remarks>
/// The times are those at which the stream took the frames, so the same frames give the same findings. Not thread-safe. The chain is followed in memory
/// only: after a start the first frame that names an unknown one is believed.
/// </remarks>
/// <param name="state">What is remembered; changed by each frame.</param>
public sealed partial class HostWatch(WatchState state)
{
    /// <summary>How long a frame may be overtaken by others.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    // A host has a frame a second: those that can overtake each other are few. Ten thousand hosts times this must fit into memory.
    private const int ChainMemory = 32;
    private const int MostChains = 4;

    private readonly FindingLog _log = new(state.Open);
    private readonly List<(Guid Boot, ChainCheck Check)> _chains = [];
    private readonly HashSet<(Guid, Lane)> _sure = [];
    private readonly List<(FrameDigest Named, long SinceMs)> _missingFrames = [];

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
    /// <returns>What begins or is over with it; usually nothing.</returns>
    public IReadOnlyList<Finding> Observe(ReadOnlySpan<byte> bytes, Frame frame, long nowMs, bool isStreamTime = true)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _log.End(FindingKind.AgentSilent, frame.Host, nowMs);
        if (LookAtChain(bytes, frame, nowMs))
        {
            LookAtNumbers(frame, nowMs);
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

    // False for a frame that came before: it says nothing new.
    private bool LookAtChain(ReadOnlySpan<byte> bytes, Frame frame, long nowMs)
    {
        var fresh = ChainOf(frame.Host.BootId, out var check);
        var place = check.Add(bytes, frame);
        switch (place)
        {
            case ChainPlace.Resent:
                return false;
            case ChainPlace.Fork:
                _log.Note(FindingKind.ForgedTelemetry, frame.Host, nowMs,
                [
                    new FindingFact("Frame", $"{FrameDigest.Of(bytes)}, numbers {Range(frame.Range)} of lane {frame.Lane}"),
                    new FindingFact("Also follows", frame.Previous.ToString() ?? ""),
                ]);
                break;
            case ChainPlace.Gap when !fresh:
                _missingFrames.Add((frame.Previous!.Value, nowMs));
                break;
            case ChainPlace.Late:
                var came = FrameDigest.Of(bytes);
                _missingFrames.RemoveAll(missing => missing.Named == came);
                break;
        }

        return true;
    }

    private bool ChainOf(Guid boot, out ChainCheck check)
    {
        var at = _chains.FindIndex(chain => chain.Boot == boot);
        check = at < 0 ? new ChainCheck(ChainMemory) : _chains[at].Check;
        if (at < 0)
        {
            _chains.Add((boot, check));
            if (_chains.Count > MostChains)
            {
                _chains.RemoveAt(0);
            }
        }

        return at < 0;
    }

    private void LookAtNumbers(Frame frame, long nowMs)
    {
        var key = (frame.Host.BootId, frame.Lane);
        var lane = state.Lanes.Find(known => known.Boot == key.BootId && known.Lane == key.Lane);
        var sure = !_sure.Add(key);
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

        foreach (var (named, sinceMs) in _missingFrames.Where(missing => missing.SinceMs <= beforeMs).ToList())
        {
            _missingFrames.Remove((named, sinceMs));
            _log.Note(FindingKind.TelemetryGap, host, nowMs,
                [new FindingFact("Missing", $"the frame {named}, which another one names"), new FindingFact("It was named at", Times.Utc(sinceMs))], sinceMs);
        }
    }

    private static string Range(SequenceRange range) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{range.First} to {range.Last}");
}
