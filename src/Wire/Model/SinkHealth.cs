namespace Wire.Model;

/// <summary>How one sink is, and what waits for it.</summary>
public sealed record SinkHealth
{
    /// <summary>The sink, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Names what is wrong; empty = nothing.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>Since when it is so, ns since boot; 0 = not said.</summary>
    public ulong SinceBootNs { get; init; }

    /// <summary>Events that it took since the agent's start.</summary>
    public ulong Delivered { get; init; }

    /// <summary>Events that were dropped since then: they waited too long, were too many, or were refused.</summary>
    public ulong Dropped { get; init; }

    /// <summary>Bytes of frames that wait.</summary>
    public ulong BacklogBytes { get; init; }

    /// <summary>Frames that wait.</summary>
    public ulong BacklogFrames { get; init; }

    /// <summary>How long the oldest of them has waited, ms; 0 when none waits.</summary>
    public ulong OldestMs { get; init; }

    /// <summary>Where they wait.</summary>
    public SpoolState Spool { get; init; }
}
