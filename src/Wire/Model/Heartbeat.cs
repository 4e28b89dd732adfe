namespace Wire.Model;

/// <summary>
/// What an agent says of itself once a minute, as it was at <see cref="TakenBootNs"/>. It travels in the order of its lane, so that it may arrive late: its own
/// stamp tells when it was true. Immutable.
/// </summary>
/// <remarks>Texts have at most <see cref="MaxTextLength"/> characters; what is said at length is said to the host's own people.</remarks>
public sealed record Heartbeat
{
    /// <summary>Most characters of each of its texts.</summary>
    public const int MaxTextLength = 256;

    /// <summary>Most bytes of a hash.</summary>
    public const int MaxHashBytes = 32;

    /// <summary>Most sinks.</summary>
    public const int MaxSinks = 16;

    /// <summary>Most signals.</summary>
    public const int MaxSignals = 64;

    /// <summary>When it was taken, ns since boot (CLOCK_BOOTTIME).</summary>
    public required ulong TakenBootNs { get; init; }

    /// <summary>How long the agent has run then, ns; a start after a crash or an upgrade begins at 0.</summary>
    public ulong UptimeNs { get; init; }

    /// <summary>The agent's version.</summary>
    public string AgentVersion { get; init; } = "";

    /// <summary>Hash of the options in force, lower-case hexadecimal: equal where they are equal. Empty = not said.</summary>
    public string ConfigHash { get; init; } = "";

    /// <summary>Hash of the watch lists in force, those that rules add included; likewise.</summary>
    public string WatchHash { get; init; } = "";

    /// <summary>Whether the probes outlive the agent, and whose they are.</summary>
    public PinState Pins { get; init; }

    /// <summary>What was counted since the agent's start.</summary>
    public AgentTotals Totals { get; init; } = new();

    /// <summary>Where frames leave, each with its backlog.</summary>
    public IReadOnlyList<SinkHealth> Sinks { get; init; } = [];

    /// <summary>What the probes show, and whether they do.</summary>
    public IReadOnlyList<SignalHealth> Signals { get; init; } = [];
}
