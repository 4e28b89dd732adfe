using Wire.Model;
using Xunit;

namespace Wire.Tests.Model;

public sealed class EventIdTests
{
    private static readonly EventId First = new("host-1", Guid.Parse("5f1c7c8a-0000-4000-8000-000000000001"), Lane.High, 2);

    [Fact]
    public void Host_boot_lane_and_sequence_order_in_this_rank()
    {
        EventId[] ordered =
        [
            First,
            First with { Sequence = 3 },
            First with { Lane = Lane.Bulk, Sequence = 1 },
            First with { BootId = Guid.Parse("5f1c7c8a-0000-4000-8000-000000000002"), Sequence = 1 },
            First with { HostId = "host-2", BootId = Guid.Empty, Sequence = 1 },
        ];

        Assert.Equal(ordered, ordered.Reverse().Order());
    }

    [Fact]
    public void A_comparison_allocates_nothing()
    {
        var other = First with { Sequence = 3 };
        _ = First.CompareTo(other);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _ = First.CompareTo(other);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
