namespace Wire.Model;

/// <summary>What an agent counted since its start.</summary>
public sealed record AgentTotals
{
    /// <summary>Events that the kernel reported and the agent understood.</summary>
    public ulong Events { get; init; }

    /// <summary>Of these, events that stayed on the host by configuration.</summary>
    public ulong Filtered { get; init; }

    /// <summary>Of these, events that one like them stands for (<see cref="HostEvent.Repeated"/>).</summary>
    public ulong Repeated { get; init; }

    /// <summary>Records that the agent could not parse.</summary>
    public ulong Unparsed { get; init; }

    /// <summary>Records that found no space in a ring: one number a lane, from lane 0 on.</summary>
    public IReadOnlyList<ulong> LostInKernel { get; init; } = [];

    /// <summary>Processes that were forgotten because there were too many.</summary>
    public ulong ProcessEvictions { get; init; }

    /// <summary>Files met under watched names that the kernel forgot because there were too many.</summary>
    public ulong MapEvictions { get; init; }
}
