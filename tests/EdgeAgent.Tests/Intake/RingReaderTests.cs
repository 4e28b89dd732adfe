using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Tests.Fakes;

namespace EdgeAgent.Tests.Intake;

public sealed class RingReaderTests : IDisposable
{
    private readonly FakeRing _ring = new();
    private readonly RingReader _reader;

    public RingReaderTests() => _reader = new RingReader(_ring.Fd, _ring.Size);

    public void Dispose()
    {
        _reader.Dispose();
        _ring.Dispose();
    }

    [Fact]
    public void Empty_ring_shows_nothing_and_is_drained()
    {
        Assert.False(_reader.TryPeek(out _));
        Assert.True(_reader.IsDrained);
    }

    [Fact]
    public void Records_come_in_order_and_free_their_space_only_when_passed()
    {
        _ring.Write([1, 2, 3]);
        _ring.Write([4]);
        Assert.True(_reader.TryPeek(out var first));
        Assert.Equal([1, 2, 3], first.ToArray());
        Assert.Equal(0ul, _ring.Consumed);
        _reader.Advance();
        Assert.Equal(16ul, _ring.Consumed);
        Assert.True(_reader.TryPeek(out var second));
        Assert.Equal([4], second.ToArray());
        _reader.Advance();
        Assert.True(_reader.IsDrained);
    }

    [Fact]
    public void Record_that_is_being_written_holds_up_those_behind_it_and_the_ring_is_not_drained()
    {
        var begun = _ring.Reserve(5);
        _ring.Write([9]);
        Assert.False(_reader.TryPeek(out _));
        Assert.False(_reader.IsDrained);
        _ring.Commit(begun!.Value, [1, 1, 1, 1, 1]);
        Assert.True(_reader.TryPeek(out var record));
        Assert.Equal(5, record.Length);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    public void Record_over_the_end_of_the_ring_is_whole(int room)
    {
        byte[] record = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        _ring.StartAt((ulong)_ring.Size - (ulong)room);
        using var reader = new RingReader(_ring.Fd, _ring.Size);
        _ring.Write(record);
        _ring.Write([7]);
        Assert.True(reader.TryPeek(out var first));
        Assert.Equal(record, first.ToArray());
        reader.Advance();
        Assert.True(reader.TryPeek(out var second));
        Assert.Equal([7], second.ToArray());
    }

    [Fact]
    public void Discarded_record_is_stepped_over_and_its_space_given_back()
    {
        _ring.Commit(_ring.Reserve(100)!.Value, new byte[100], FakeRing.Discarded);
        _ring.Write([7]);
        Assert.True(_reader.TryPeek(out var record));
        Assert.Equal([7], record.ToArray());
        Assert.Equal(112ul, _ring.Consumed);
    }

    [Fact]
    public void Reader_goes_on_where_the_one_before_it_stopped_and_records_cross_the_end_of_the_ring()
    {
        _ring.StartAt((5ul * _ring.Size) - 16);
        using var reader = new RingReader(_ring.Fd, _ring.Size);
        for (var round = 0; round < 500; round++)
        {
            var sent = Enumerable.Range(0, 1 + (round * 37 % 3000)).Select(i => (byte)(i + round)).ToArray();
            Assert.True(_ring.Write(sent));
            Assert.True(reader.TryPeek(out var record));
            Assert.Equal(sent, record.ToArray());
            reader.Advance();
        }

        Assert.True(reader.IsDrained);
    }

    [Fact]
    public void Descriptor_that_is_no_ring_is_refused_with_the_reason()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new RingReader(-1, 65536));
        Assert.Contains("cannot map the ring buffer: " + Marshal.GetPInvokeErrorMessage(9), refused.Message, StringComparison.Ordinal);
    }
}
