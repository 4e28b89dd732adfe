using EdgeAgent.Enrichment;
using EdgeAgent.Interop;

namespace EdgeAgent.Tests.Enrichment;

public sealed class BootClockTests
{
    [Fact]
    public void Stamp_is_mapped_by_one_offset() => Assert.Equal(1_000_000_000_000_000_123, new BootClock(1_000_000_000_000_000_000).TimeNs(123));

    [Fact]
    public void Boot_time_that_was_read_maps_now_to_now()
    {
        var mapped = BootClock.Read().TimeNs((ulong)LibC.Nanoseconds(LibC.CLOCK_BOOTTIME));
        Assert.InRange(LibC.Nanoseconds(LibC.CLOCK_REALTIME) - mapped, -1_000_000_000L, 1_000_000_000L);
    }
}
