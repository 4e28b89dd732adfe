using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>All metrics of the agent: each is read from <see cref="AgentHealth"/>, and counted nowhere else.</summary>
internal static class HealthMetrics
{
    /// <summary>In the order in which they are told.</summary>
    internal static readonly IReadOnlyList<HealthMetric> All =
    [
        Gauge("edge_agent.info", "", "The agent that runs: always 1.", h =>
            [new(1, ("version", h.Beat.AgentVersion), ("config", h.Beat.ConfigHash), ("watch", h.Beat.WatchHash), ("pins", h.Beat.Pins.ToString().ToLowerInvariant()))]),
        Gauge("edge_agent.healthy", "", "1 when nothing is wrong now, else 0.", h => [new(h.IsHealthy ? 1 : 0)]),
        Gauge("edge_agent.uptime", "s", "How long the agent has run.", h => [new(h.Beat.UptimeNs / 1e9)]),
        Gauge("edge_agent.intake.idle", "s", "How long the intake has not gone round.", h => [new(h.IntakeIdleMs / 1e3)]),
        Counter("edge_agent.events", "{event}", "Events that the kernel reported and the agent understood.", h => [new(h.Beat.Totals.Events)]),
        Counter("edge_agent.events.filtered", "{event}", "Of these, events that stayed on the host by configuration.", h => [new(h.Beat.Totals.Filtered)]),
        Counter("edge_agent.events.repeated", "{event}", "Of these, events of floods that one like them stands for.", h => [new(h.Beat.Totals.Repeated)]),
        Counter("edge_agent.records.unparsed", "{record}", "Kernel records that the agent did not understand.", h => [new(h.Beat.Totals.Unparsed)]),
        Counter("edge_agent.records.lost", "{record}", "Kernel records that found no space in a ring buffer.", h =>
            h.Beat.Totals.LostInKernel.Select((lost, lane) => new MetricValue(lost, ("lane", ((Lane)lane).ToString().ToLowerInvariant())))),
        Counter("edge_agent.records.lost.of.kind", "{record}", "The same by kind of event; kinds of which none was lost are left out.", h =>
            h.Losses.Select(loss => new MetricValue(
                loss.Lost, ("lane", loss.Lane.ToString().ToLowerInvariant()), ("kind", loss.Kind.ToString().ToLowerInvariant())))),
        Counter("edge_agent.evictions", "{entry}", "What was forgotten because there was too much of it.", h =>
        [
            new(h.Beat.Totals.ProcessEvictions, ("table", "processes")), new(h.ProcessesShortened, ("table", "arguments")), new(h.Beat.Totals.MapEvictions, ("table", "files")),
        ]),
        Gauge("edge_agent.probe.working", "", "0 when the last self-test of a signal's probes failed, else 1.", h => h.Beat.Signals
            .Where(signal => signal.Backend.Length > 0)
            .Select(signal => new MetricValue(signal.Trust is HookTrust.Partial or HookTrust.Silent ? 0 : 1, ("signal", signal.Signal), ("backend", signal.Backend)))),
        Gauge("edge_agent.probe.test.age", "s", "How long ago a signal's probes were tested.", h => h.Beat.Signals
            .Where(signal => signal.TestedBootNs > 0)
            .Select(signal => new MetricValue(
                (h.Beat.TakenBootNs - Math.Min(h.Beat.TakenBootNs, signal.TestedBootNs)) / 1e9, ("signal", signal.Signal), ("backend", signal.Backend)))),
        OfSinks("edge_agent.sink.working", "", false, "0 while a sink does not take what it is given, else 1.", sink => sink.Trouble.Length == 0 ? 1 : 0),
        OfSinks("edge_agent.sink.delivered", "{event}", true, "Events that a sink took.", sink => sink.Delivered),
        OfSinks("edge_agent.sink.dropped", "{event}", true, "Events that were dropped before a sink took them.", sink => sink.Dropped),
        OfSinks("edge_agent.sink.backlog.size", "By", false, "Frames that wait for a sink.", sink => sink.BacklogBytes),
        OfSinks("edge_agent.sink.backlog.frames", "{frame}", false, "Frames that wait for a sink.", sink => sink.BacklogFrames),
        OfSinks("edge_agent.sink.backlog.age", "s", false, "How long the oldest frame has waited for a sink.", sink => sink.OldestMs / 1e3),
        Gauge("edge_agent.spool.working", "", "0 while what waits for a sink waits in memory because the disk refuses, else 1.", h => h.Beat.Sinks
            .Where(sink => sink.Spool != SpoolState.None)
            .Select(sink => new MetricValue(sink.Spool == SpoolState.Disk ? 1 : 0, ("sink", sink.Name)))),
    ];

    private static HealthMetric Gauge(string name, string unit, string description, Func<AgentHealth, IEnumerable<MetricValue>> values) =>
        new(name, unit, IsCounter: false, description, values);

    private static HealthMetric Counter(string name, string unit, string description, Func<AgentHealth, IEnumerable<MetricValue>> values) =>
        new(name, unit, IsCounter: true, description, values);

    private static HealthMetric OfSinks(string name, string unit, bool isCounter, string description, Func<SinkHealth, double> value) =>
        new(name, unit, isCounter, description, h => h.Beat.Sinks.Select(sink => new MetricValue(value(sink), ("sink", sink.Name))));
}
