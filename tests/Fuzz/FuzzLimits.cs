namespace Fuzz;

/// <summary>What one case may cost. A pack and all its events are one case, so these are far above what a rule or an event costs.</summary>
/// <param name="Cpu">Processor time of the process; another program that takes the processor away is no finding.</param>
/// <param name="Wall">Time after which a case hangs, whatever the processor did.</param>
/// <param name="Bytes">Allocated by the case's thread, also if it is freed again: more is the way to no memory left.</param>
internal sealed record FuzzLimits(TimeSpan Cpu, TimeSpan Wall, long Bytes)
{
    /// <summary>The limits of <c>make fuzz</c>: 2 s, 30 s, 256 MiB.</summary>
    public static FuzzLimits Usual { get; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), 256L << 20);
}
