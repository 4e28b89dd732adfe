using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Tests.Fakes;

namespace EdgeAgent.Tests.Intake;

public sealed class RingMergeTests : IDisposable
{
    private readonly FakeRing _high = new(1 << 20);
    private readonly FakeRing _bulk = new(1 << 20);
    private readonly RingReader _highReader;
    private readonly RingReader _bulkReader;
    private readonly RingMerge _merge;

    public RingMergeTests()
    {
        _highReader = new RingReader(_high.Fd, _high.Size);
        _bulkReader = new RingReader(_bulk.Fd, _bulk.Size);
        _merge = new RingMerge(_highReader, _bulkReader);
    }

    public void Dispose()
    {
        _highReader.Dispose();
        _bulkReader.Dispose();
        _high.Dispose();
        _bulk.Dispose();
    }

    [Fact]
    public void Older_record_comes_first_whichever_ring_holds_it()
    {
        _bulk.Write(Stamp(10));
        _bulk.Write(Stamp(30));
        _high.Write(Stamp(20));
        _high.Write(Stamp(40));
        Assert.Equal([10, 20, 30, 40], TakeAll());
    }

    [Fact]
    public void Space_of_a_record_is_given_back_by_the_next_take()
    {
        _high.Write(Stamp(1));
        Assert.True(_merge.TryTake(out _));
        Assert.Equal(0ul, _high.Consumed);
        Assert.False(_merge.TryTake(out _));
        Assert.Equal(_high.Produced, _high.Consumed);
    }

    [Fact]
    public void Record_too_short_for_a_stamp_is_taken_and_holds_up_nothing()
    {
        _bulk.Write([1, 2, 3]);
        _high.Write(Stamp(5));
        Assert.True(_merge.TryTake(out var damaged));
        Assert.Equal(3, damaged.Length);
        Assert.Equal([5], TakeAll());
    }

    [Fact]
    public async Task Record_never_comes_before_its_cause_in_the_other_ring()
    {
        // Cause and effect in turns, each in its ring, while the other side reads: exec of sudo (high), then its fork (bulk).
        const ulong Pairs = 300_000;
        var writing = Task.Run(() =>
        {
            for (ulong i = 1; i <= Pairs; i++)
            {
                WriteWhenFree(_high, Stamp((2 * i) - 1));
                WriteWhenFree(_bulk, Stamp(2 * i));
            }
        });
        ulong seen = 0;
        while (seen < 2 * Pairs)
        {
            if (_merge.TryTake(out var record))
            {
                var stamp = MemoryMarshal.Read<EdgeHeader>(record).BootNs;
                Assert.Equal(seen + 1, stamp);
                seen = stamp;
            }
            else
            {
                Assert.False(writing.IsFaulted);
            }
        }

        await writing;
    }

    private static void WriteWhenFree(FakeRing ring, byte[] record)
    {
        while (!ring.Write(record))
        {
            Thread.Yield();
        }
    }

    private List<ulong> TakeAll()
    {
        var stamps = new List<ulong>();
        while (_merge.TryTake(out var record))
        {
            stamps.Add(MemoryMarshal.Read<EdgeHeader>(record).BootNs);
        }

        return stamps;
    }

    private static byte[] Stamp(ulong bootNs)
    {
        var header = new EdgeHeader { BootNs = bootNs };
        return MemoryMarshal.AsBytes(new ReadOnlySpan<EdgeHeader>(in header)).ToArray();
    }
}
