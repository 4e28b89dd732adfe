using EdgeAgent.Interop;

namespace EdgeAgent.Enrichment;

/// <summary>Maps the kernel's boot-time stamps to wall clock, with one offset for the whole run.</summary>
/// <remarks>
/// Fixed at start on purpose: a clock that is stepped or slewed later must not reorder events or stretch windows of one host.
/// </remarks>
/// <param name="bootTimeUnixNs">Unix time (UTC) of boot-time zero, ns.</param>
internal sealed class BootClock(long bootTimeUnixNs)
{
    private const int Samples = 9;

    /// <summary>Unix time (UTC) of boot-time zero, ns.</summary>
    internal long BootTimeUnixNs => bootTimeUnixNs;

    /// <summary>Event time of a kernel stamp: ns since 1970 UTC.</summary>
    internal long TimeNs(ulong bootNs) => bootTimeUnixNs + (long)bootNs;

    /// <summary>ns since boot, by the clock of the kernel's stamps.</summary>
    internal static ulong NowNs() => (ulong)LibC.Nanoseconds(LibC.CLOCK_BOOTTIME);

    /// <summary>Reads both clocks several times and keeps the pair that was read closest together.</summary>
    internal static BootClock Read()
    {
        var best = long.MaxValue;
        var offset = 0L;
        for (var i = 0; i < Samples; i++)
        {
            var before = LibC.Nanoseconds(LibC.CLOCK_BOOTTIME);
            var wall = LibC.Nanoseconds(LibC.CLOCK_REALTIME);
            var after = LibC.Nanoseconds(LibC.CLOCK_BOOTTIME);
            if (after - before < best)
            {
                best = after - before;
                offset = wall - (before + (best / 2));
            }
        }

        return new BootClock(offset);
    }
}
