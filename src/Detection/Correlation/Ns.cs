namespace Detection.Correlation;

/// <summary>Arithmetic on times in ns that stays at the ends of the range: times come from outside.</summary>
internal static class Ns
{
    /// <summary>A time earlier by a span from 0.</summary>
    public static long Minus(long timeNs, long spanNs) => timeNs < long.MinValue + spanNs ? long.MinValue : timeNs - spanNs;

    /// <summary>A time later by a span from 0.</summary>
    public static long Plus(long timeNs, long spanNs) => timeNs > long.MaxValue - spanNs ? long.MaxValue : timeNs + spanNs;
}
