using System.Globalization;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Health;

/// <summary>The health of an agent for people: facts, then tables of probes and sinks. Everything is escaped for a terminal.</summary>
internal static class HealthText
{
    internal static void Write(AgentHealth health, TextWriter output)
    {
        var (beat, totals) = (health.Beat, health.Beat.Totals);
        output.WriteLine(health.IsHealthy ? "healthy" : "degraded");
        foreach (var trouble in health.Troubles)
        {
            Fact("trouble", trouble);
        }

        Fact("agent", Text($"version {beat.AgentVersion}, process {health.ProcessId}, up {Time(beat.UptimeNs)}"));
        Fact("host", $"{health.HostId}, boot {health.BootId}");
        Fact("configuration", $"{beat.ConfigHash}, watch lists {beat.WatchHash}");
        Fact("pins", beat.Pins switch
        {
            PinState.Off => "off: the probes end with the agent",
            PinState.New => "on: the probes are this life's own",
            PinState.Adopted => "on: adopted from the life before",
            PinState.TakenOver => "on: this life's own, upon the rings of the life before",
            var other => other.ToString(),
        });
        Fact("intake", Text($"turned {health.IntakeIdleMs} ms ago"));
        Fact("events", Text($"{totals.Events} seen, {totals.Filtered} kept on the host, {totals.Repeated} told by events like them"));
        Fact("lost", Text($"{string.Join(" + ", totals.LostInKernel)} in the kernel (high + bulk), {totals.Unparsed} not parsed"));
        if (health.Losses.Count > 0)
        {
            Fact("", string.Join(", ", health.Losses.Select(loss => Text($"{loss.Lost} {Name(loss.Kind)} ({Name(loss.Lane)})"))));
        }

        Fact("forgotten", Text(
            $"{totals.ProcessEvictions} processes, {totals.MapEvictions} files met under watched names; of {health.ProcessesShortened} processes arguments or ancestors"));
        output.WriteLine();
        Row("signal", "probes", "self-test");
        foreach (var signal in beat.Signals)
        {
            Row(signal.Signal, signal.Backend.Length > 0 ? signal.Backend : "none", TestOf(signal, beat.TakenBootNs));
        }

        output.WriteLine();
        SinkRow("sink", "delivered", "dropped", "frames wait", "KiB", "oldest", "spool");
        foreach (var sink in beat.Sinks)
        {
            SinkRow(
                sink.Name, Text($"{sink.Delivered}"), Text($"{sink.Dropped}"), Text($"{sink.BacklogFrames}"), Text($"{(sink.BacklogBytes + 1023) / 1024}"),
                Time(sink.OldestMs * 1_000_000), sink.Spool switch { SpoolState.None => "-", var spool => spool.ToString().ToLowerInvariant() });
        }

        void Fact(string name, string value) => output.WriteLine($"{name,-13} {Safe(value)}");

        void Row(string signal, string probes, string test) => output.WriteLine($"{Safe(signal),-13} {Safe(probes),-11} {Safe(test)}".TrimEnd());

        void SinkRow(string name, string delivered, string dropped, string frames, string size, string oldest, string spool) =>
            output.WriteLine($"{Safe(name),-32} {delivered,11} {dropped,9} {frames,11} {size,8} {oldest,9}  {Safe(spool)}");
    }

    private static string TestOf(SignalHealth signal, ulong nowNs)
    {
        var when = signal.TestedBootNs == 0 ? "" : $" {Time(nowNs - Math.Min(nowNs, signal.TestedBootNs))} ago";
        return signal.Trust switch
        {
            HookTrust.Unproven => signal.Backend.Length > 0 ? "not tested" : "",
            HookTrust.Proven => $"passed{when}",
            HookTrust.Partial => $"FAILED{when}: not every probe fires",
            HookTrust.Silent when signal.Backend.Length == 0 => "nothing is seen",
            HookTrust.Silent => $"FAILED{when}: no probe fires",
            var other => other.ToString(),
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Time(ulong ns) => (ns / 1_000_000_000) switch
    {
        < 120 and var seconds => Text($"{seconds} s"),
        < 7_200 and var seconds => Text($"{seconds / 60} min"),
        < 172_800 and var seconds => Text($"{seconds / 3_600} h"),
        var seconds => Text($"{seconds / 86_400} d"),
    };

    // Troubles come escaped already, and a second time would only double their backslashes: only what is not visible is left to find.
    private static string Safe(string text) => SafeText.Escape(text).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
