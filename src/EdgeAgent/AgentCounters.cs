namespace EdgeAgent;

/// <summary>What the intake thread counts. Written by that thread only.</summary>
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

    internal AgentReport Report(IReadOnlyList<SinkReport> sinks) =>
        new(Seen, Filtered, Repeated, Unparsed, LostInKernel.Sum(), ProcessEvictions, LearntEvictions, sinks);
}
