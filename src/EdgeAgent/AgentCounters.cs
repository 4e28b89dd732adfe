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

    /// <summary>By lane.</summary>
    internal long[] LostInKernel { get; } = new long[2];

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

    internal AgentReport Report(IReadOnlyList<SinkReport> sinks) =>
        new(Seen, Filtered, Repeated, Unparsed, LostInKernel.Sum(), ProcessEvictions, LearntEvictions, sinks);
}
