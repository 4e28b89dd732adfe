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
    public async Task Cause_that_came_while_the_other_ring_was_looked_at_comes_first()
    {
        // So many discarded records keep the reader in the bulk ring, after it saw nothing in the high one.
        for (var i = 0; i < 60_000; i++)
        {
            _bulk.Commit(_bulk.Reserve(8)!.Value, new byte[8], FakeRing.Discarded);
        }

        using var ready = new ManualResetEventSlim();
        var writing = Task.Run(() =>
        {
            ready.Set();
            while (_bulk.Consumed == 0)
            {
                Thread.SpinWait(1);
            }

            WriteWhenFree(_high, Stamp(1));
            WriteWhenFree(_bulk, Stamp(2));
        });
        ready.Wait(TimeSpan.FromSeconds(60));
        var seen = new List<ulong>();
        while (seen.Count < 2)
        {
            seen.AddRange(TakeAll());
        }

        // Only then: the writer must not meet memory that is gone.
        await writing;
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task Record_never_comes_before_its_cause_in_the_other_ring()
    {
        // Cause and effect in turns, each in its ring, while the other side reads: exec of sudo (high), then its fork (bulk).
        const ulong Pairs = 100_000;
        var writing = Task.Run(() =>
        {
            for (ulong i = 1; i <= Pairs; i++)
            {
                WriteWhenFree(_high, Stamp((2 * i) - 1));
                WriteWhenFree(_bulk, Stamp(2 * i));
            }
        });
        var (seen, disorder) = (0ul, 0);
        while (seen < 2 * Pairs)
        {
            if (_merge.TryTake(out var record))
            {
                seen++;
                disorder += MemoryMarshal.Read<EdgeHeader>(record).BootNs == seen ? 0 : 1;
            }
        }

        await writing;
        Assert.Equal(0, disorder);
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
