using System.Text.Json;
using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>The health of an agent as one JSON object, and back. Members that are missing or unknown are no fault: the reader may be of another version.</summary>
internal static class HealthJson
{
    /// <summary>The object in one line. Everything beyond ASCII is escaped, so that it is safe for a terminal.</summary>
    internal static byte[] Write(AgentHealth health)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            Write(json, health);
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    /// <summary>Reads what <see cref="Write(AgentHealth)"/> wrote.</summary>
    /// <exception cref="JsonException">It is not such an object.</exception>
    internal static AgentHealth Read(ReadOnlyMemory<byte> document)
    {
        using var parsed = JsonDocument.Parse(document);
        var root = new HealthJsonReader(parsed.RootElement);
        if (root.Number("pid") == 0)
        {
            throw new JsonException("no agent");
        }

        var totals = root.Object("totals");
        var sinks = root.List("sinks");
        return new AgentHealth
        {
            HostId = root.Text("host"),
            BootId = Guid.TryParse(root.Text("boot"), out var boot) ? boot : Guid.Empty,
            ProcessId = (int)root.Number("pid"),
            IsReady = root.Flag("ready"),
            IsTestStuck = root.Flag("testStuck"),
            IntakeIdleMs = root.Number("intakeIdleMs"),
            ProcessesShortened = root.Number("processesShortened"),
            Losses = [.. root.List("losses").Select(loss => new KindLoss(loss.Name<Lane>("lane"), loss.Name<EventKind>("kind"), loss.Number("lost")))],
            Reasons = [.. sinks.Select(sink => sink.Text("reason"))],
            Troubles = root.Texts("troubles") is var troubles && (troubles.Count > 0 || root.Flag("healthy")) ? troubles : ["of a kind that this version does not know"],
            Beat = new Heartbeat
            {
                TakenBootNs = root.Number("takenBootNs"),
                UptimeNs = root.Number("uptimeNs"),
                AgentVersion = root.Text("version"),
                ConfigHash = root.Text("configHash"),
                WatchHash = root.Text("watchHash"),
                Pins = root.Name<PinState>("pins"),
                Totals = new AgentTotals
                {
                    Events = totals.Number("events"),
                    Filtered = totals.Number("filtered"),
                    Repeated = totals.Number("repeated"),
                    Unparsed = totals.Number("unparsed"),
                    LostInKernel = totals.Numbers("lostInKernel"),
                    ProcessEvictions = totals.Number("processEvictions"),
                    MapEvictions = totals.Number("mapEvictions"),
                },
                Sinks = [.. sinks.Select(ReadSink)],
                Signals = [.. root.List("signals").Select(signal => new SignalHealth(
                    signal.Text("signal"), signal.Text("backend"), signal.Name<HookTrust>("trust"), signal.Number("testedBootNs")))],
            },
        };
    }

    private static SinkHealth ReadSink(HealthJsonReader sink) => new()
    {
        Name = sink.Text("name"),
        Trouble = sink.Text("trouble"),
        SinceBootNs = sink.Number("sinceBootNs"),
        Delivered = sink.Number("delivered"),
        Dropped = sink.Number("dropped"),
        BacklogBytes = sink.Number("backlogBytes"),
        BacklogFrames = sink.Number("backlogFrames"),
        OldestMs = sink.Number("oldestMs"),
        Spool = sink.Name<SpoolState>("spool"),
    };

    private static void Write(Utf8JsonWriter json, AgentHealth health)
    {
        var (beat, totals) = (health.Beat, health.Beat.Totals);
        json.WriteStartObject();
        json.WriteBoolean("healthy", health.IsHealthy);
        json.WriteStartArray("troubles");
        foreach (var trouble in health.Troubles)
        {
            json.WriteStringValue(trouble);
        }

        json.WriteEndArray();
        json.WriteString("host", health.HostId);
        json.WriteString("boot", health.BootId);
        json.WriteNumber("pid", health.ProcessId);
        json.WriteString("version", beat.AgentVersion);
        json.WriteBoolean("ready", health.IsReady);
        json.WriteBoolean("testStuck", health.IsTestStuck);
        json.WriteNumber("takenBootNs", beat.TakenBootNs);
        json.WriteNumber("uptimeNs", beat.UptimeNs);
        json.WriteNumber("intakeIdleMs", health.IntakeIdleMs);
        json.WriteNumber("processesShortened", health.ProcessesShortened);
        json.WriteStartArray("losses");
        foreach (var loss in health.Losses)
        {
            json.WriteStartObject();
            json.WriteString("lane", loss.Lane.ToString());
            json.WriteString("kind", loss.Kind.ToString());
            json.WriteNumber("lost", loss.Lost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("configHash", beat.ConfigHash);
        json.WriteString("watchHash", beat.WatchHash);
        json.WriteString("pins", beat.Pins.ToString());
        json.WriteStartObject("totals");
        json.WriteNumber("events", totals.Events);
        json.WriteNumber("filtered", totals.Filtered);
        json.WriteNumber("repeated", totals.Repeated);
        json.WriteNumber("unparsed", totals.Unparsed);
        json.WriteStartArray("lostInKernel");
        foreach (var lost in totals.LostInKernel)
        {
            json.WriteNumberValue(lost);
        }

        json.WriteEndArray();
        json.WriteNumber("processEvictions", totals.ProcessEvictions);
        json.WriteNumber("mapEvictions", totals.MapEvictions);
        json.WriteEndObject();
        json.WriteStartArray("signals");
        foreach (var signal in beat.Signals)
        {
            json.WriteStartObject();
            json.WriteString("signal", signal.Signal);
            json.WriteString("backend", signal.Backend);
            json.WriteString("trust", signal.Trust.ToString());
            json.WriteNumber("testedBootNs", signal.TestedBootNs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sinks");
        for (var i = 0; i < beat.Sinks.Count; i++)
        {
            Write(json, beat.Sinks[i], i < health.Reasons.Count ? health.Reasons[i] : "");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SinkHealth sink, string reason)
    {
        json.WriteStartObject();
        json.WriteString("name", sink.Name);
        json.WriteString("trouble", sink.Trouble);
        json.WriteString("reason", reason);
        json.WriteNumber("sinceBootNs", sink.SinceBootNs);
        json.WriteNumber("delivered", sink.Delivered);
        json.WriteNumber("dropped", sink.Dropped);
        json.WriteNumber("backlogBytes", sink.BacklogBytes);
        json.WriteNumber("backlogFrames", sink.BacklogFrames);
        json.WriteNumber("oldestMs", sink.OldestMs);
        json.WriteString("spool", sink.Spool.ToString());
        json.WriteEndObject();
    }
}
