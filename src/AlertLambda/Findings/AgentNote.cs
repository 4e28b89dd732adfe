using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>The counts of an agent's newest heartbeat, which the next one is compared with. Immutable.</summary>
public sealed record AgentNote
{
    /// <summary>The boot.</summary>
    public Guid Boot { get; init; }

    /// <summary>When the agent started, ns since boot: another life counts anew.</summary>
    public ulong StartedBootNs { get; init; }

    /// <summary>When it was taken, ns since boot.</summary>
    public ulong TakenBootNs { get; init; }

    /// <summary>Records that could not be parsed.</summary>
    public ulong Unparsed { get; init; }

    /// <summary>Processes and files that were forgotten because there were too many.</summary>
    public ulong Evicted { get; init; }

    /// <summary>Of a host's heartbeat.</summary>
    public static AgentNote Of(Guid boot, Heartbeat heartbeat)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        return new AgentNote
        {
            Boot = boot,
            StartedBootNs = heartbeat.TakenBootNs - Math.Min(heartbeat.UptimeNs, heartbeat.TakenBootNs),
            TakenBootNs = heartbeat.TakenBootNs,
            Unparsed = heartbeat.Totals.Unparsed,
            Evicted = heartbeat.Totals.ProcessEvictions + heartbeat.Totals.MapEvictions,
        };
    }

    /// <summary>True when <paramref name="other"/> is of the same run of the agent; the stamps differ by what passes between two looks at the clock.</summary>
    public bool IsSameLife(AgentNote other)
    {
        ArgumentNullException.ThrowIfNull(other);
        const ulong apartNs = 1_000_000_000;
        return Boot == other.Boot && Math.Max(StartedBootNs, other.StartedBootNs) - Math.Min(StartedBootNs, other.StartedBootNs) < apartNs;
    }
}
