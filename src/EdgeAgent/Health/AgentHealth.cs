using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>
/// How the agent is at one moment: the one truth of which the heartbeat, the socket, the metrics and the service manager each tell their part. Immutable.
/// </summary>
internal sealed record AgentHealth
{
    /// <summary>Time after which an intake that does not turn is a trouble; at rest it turns ten times a second.</summary>
    internal static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    /// <summary>The host; empty while it is not known yet.</summary>
    public string HostId { get; init; } = "";

    /// <summary>Its boot.</summary>
    public Guid BootId { get; init; }

    /// <summary>The agent's process id.</summary>
    public int ProcessId { get; init; }

    /// <summary>True when the probes are attached and their first test is over.</summary>
    public bool IsReady { get; init; }

    /// <summary>True while the agent's own test of its probes cannot be made.</summary>
    public bool IsTestStuck { get; init; }

    /// <summary>Since when the intake has not turned, ms.</summary>
    public ulong IntakeIdleMs { get; init; }

    /// <summary>Times that a process lost arguments, folder or ended ancestors because the process table had too many bytes.</summary>
    public ulong ProcessesShortened { get; init; }

    /// <summary>What the kernel had no space for, by lane and kind; of which nothing was lost is left out.</summary>
    public IReadOnlyList<KindLoss> Losses { get; init; } = [];

    /// <summary>What leaves the host.</summary>
    public required Heartbeat Beat { get; init; }

    /// <summary>For each sink of <see cref="Beat"/>, what is wrong and what to do, for people and escaped; empty = nothing is wrong.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What is wrong now, one line each, for people and escaped; empty = healthy.</summary>
    public IReadOnlyList<string> Troubles { get; init; } = [];

    /// <summary>True when nothing is wrong now. What was lost before is counted, and no trouble any more.</summary>
    public bool IsHealthy => Troubles.Count == 0;
}
