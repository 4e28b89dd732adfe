namespace Cdk.Watching;

/// <summary>What alarms and dashboard look at.</summary>
public sealed record WatchedParts
{
    /// <summary>Name of the deployment.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>The stream.</summary>
    public required Ingest Ingest { get; init; }

    /// <summary>The function.</summary>
    public required Detection Detection { get; init; }

    /// <summary>The table.</summary>
    public required State State { get; init; }

    /// <summary>The topics.</summary>
    public required Alerting Alerting { get; init; }

    /// <summary>The sweep.</summary>
    public required Sweep Sweep { get; init; }

    /// <summary>The archive; null for none.</summary>
    public Archive? Archive { get; init; }
}
