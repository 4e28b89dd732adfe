using Wire.Model;

namespace Wire.Codec;

/// <summary>What a heartbeat must hold to before it may be encoded.</summary>
internal static class HeartbeatRules
{
    /// <summary>What it breaks, for people; null = nothing.</summary>
    public static string? FaultOf(Heartbeat beat, long bootTimeUnixNs)
    {
        if (beat.Sinks.Count > Heartbeat.MaxSinks || beat.Signals.Count > Heartbeat.MaxSignals || beat.Totals.LostInKernel.Count > FrameFormat.MaxLanes)
        {
            return $"a heartbeat has {beat.Sinks.Count} sinks, {beat.Signals.Count} signals and losses of {beat.Totals.LostInKernel.Count} lanes, "
                + $"allowed are {Heartbeat.MaxSinks}, {Heartbeat.MaxSignals} and {FrameFormat.MaxLanes}";
        }

        if (!IsHash(beat.ConfigHash) || !IsHash(beat.WatchHash))
        {
            return $"a hash of a heartbeat is not the lower-case hexadecimal form of at most {Heartbeat.MaxHashBytes} bytes";
        }

        var (longest, latest) = (beat.AgentVersion.Length, beat.TakenBootNs);
        foreach (var sink in beat.Sinks)
        {
            longest = Math.Max(longest, Math.Max(sink.Name.Length, sink.Trouble.Length));
            latest = Math.Max(latest, sink.SinceBootNs);
        }

        foreach (var signal in beat.Signals)
        {
            longest = Math.Max(longest, Math.Max(signal.Signal.Length, signal.Backend.Length));
            latest = Math.Max(latest, signal.TestedBootNs);
        }

        return longest > Heartbeat.MaxTextLength ? $"a text of a heartbeat has {longest} characters, allowed are {Heartbeat.MaxTextLength}"
            : (Int128)bootTimeUnixNs + latest > long.MaxValue ? $"a time of a heartbeat, {latest} ns since boot, is after the year 2262"
            : null;
    }

    private static bool IsHash(string hash) =>
        hash.Length <= 2 * Heartbeat.MaxHashBytes && hash.Length % 2 == 0 && hash.All(c => char.IsAsciiHexDigitLower(c));
}
