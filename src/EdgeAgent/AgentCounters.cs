using EdgeAgent.Health;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent;

/// <summary>What the intake thread counts. Written by that thread only; others may read, and see each number as it was a moment ago.</summary>
internal sealed class AgentCounters
{
    internal long Seen { get; set; }

    internal long Filtered { get; set; }

    internal long Unparsed { get; set; }

    internal long Repeated { get; set; }

    internal long ProcessEvictions { get; set; }

    internal long LearntEvictions { get; set; }

    /// <summary>Times that a process lost arguments, folder or ended ancestors because the table had too many bytes.</summary>
    internal long ProcessesShortened { get; set; }

    /// <summary>By lane.</summary>
    internal long[] LostInKernel { get; } = new long[2];

    /// <summary>The same by lane and by kind of event.</summary>
    internal long[][] LostByKind { get; } = [new long[KernelContract.KindCount], new long[KernelContract.KindCount]];

    /// <summary>The same as they leave the host.</summary>
    internal AgentTotals Totals() => new()
    {
        Events = (ulong)Seen,
        Filtered = (ulong)Filtered,
        Repeated = (ulong)Repeated,
        Unparsed = (ulong)Unparsed,
        LostInKernel = [.. LostInKernel.Select(lost => (ulong)lost)],
        ProcessEvictions = (ulong)ProcessEvictions,
        MapEvictions = (ulong)LearntEvictions,
    };

    /// <summary>What the kernel had no space for, by lane and kind; of which nothing was lost is left out.</summary>
    internal IReadOnlyList<KindLoss> Losses() =>
    [
        .. from lane in Enum.GetValues<Lane>()
           from kind in Enumerable.Range(0, KernelContract.KindCount)
           where LostByKind[(int)lane][kind] > 0
           select new KindLoss(lane, (EventKind)kind, (ulong)LostByKind[(int)lane][kind]),
    ];

    internal AgentReport Report(IReadOnlyList<SinkReport> sinks) =>
        new(Seen, Filtered, Repeated, Unparsed, LostInKernel.Sum(), ProcessEvictions, LearntEvictions, sinks) { LostHighValue = LostInKernel[(int)Lane.High] };
}
