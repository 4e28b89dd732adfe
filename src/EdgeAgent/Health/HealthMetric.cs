namespace EdgeAgent.Health;

/// <summary>One metric of the agent, for every way in which metrics are read.</summary>
/// <param name="Name">Name in the manner of OpenTelemetry, for example <c>edge_agent.sink.backlog.size</c>.</param>
/// <param name="Unit">Unit in UCUM, as OpenTelemetry writes it: <c>By</c>, <c>s</c>, <c>{event}</c>; empty for states of 0 and 1.</param>
/// <param name="IsCounter">True for what only grows while the agent lives.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Values">Its values.</param>
internal sealed record HealthMetric(string Name, string Unit, bool IsCounter, string Description, Func<AgentHealth, IEnumerable<MetricValue>> Values)
{
    /// <summary>Name for Prometheus: unit and kind are parts of it (https://prometheus.io/docs/practices/naming/).</summary>
    internal string PrometheusName { get; } = Name.Replace('.', '_') + Unit switch { "By" => "_bytes", "s" => "_seconds", _ => "" } + (IsCounter ? "_total" : "");
}

/// <summary>One value of a metric.</summary>
/// <param name="Value">The value; a whole number below 2^53 where the metric counts.</param>
/// <param name="Labels">What it is of.</param>
internal readonly record struct MetricValue(double Value, params (string Name, string Value)[] Labels);
