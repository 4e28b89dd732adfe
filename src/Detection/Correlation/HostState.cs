using Detection.Correlation.Telemetry;

namespace Detection.Correlation;

/// <summary>All that is remembered of one host. Not thread-safe.</summary>
/// <param name="telemetry">Which events were seen.</param>
/// <param name="partition">What the rules remember.</param>
internal sealed class HostState(HostTelemetry telemetry, Partition partition)
{
    /// <summary>Which events were seen.</summary>
    public HostTelemetry Telemetry { get; } = telemetry;

    /// <summary>What the rules remember.</summary>
    public Partition Partition { get; } = partition;
}
