using EdgeAgent.Intake;
using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;
using EdgeAgent.Tests.Fakes;
using Wire.Model;

namespace EdgeAgent.Tests.Intake;

public sealed class RingHoldTests : IDisposable
{
    private readonly FakeRing _ring = new();
    private readonly FakeRing _memory = new();
    private readonly RingReader _reader;
    private readonly DurableNumbers _durable;
    private readonly RingHold _hold;

    public RingHoldTests()
    {
        _reader = new RingReader(_ring.Fd, _ring.Size, holds: true);
        _durable = new DurableNumbers(_memory.Fd);
        _hold = new RingHold(_reader, Lane.Bulk, _durable);
    }

    public void Dispose()
    {
        _durable.Dispose();
        _reader.Dispose();
        _memory.Dispose();
        _ring.Dispose();
    }

    [Fact]
    public void What_was_read_keeps_its_space_until_its_frames_are_kept()
    {
        Read(records: 3, through: 13);
        _hold.Settle(new LaneNumbers(13, 13));
        _hold.Release(12);
        Assert.Equal((0ul, 0ul, 48ul), (_ring.Consumed, _durable[Lane.Bulk].Sent, _hold.Held));

        _hold.Release(13);
        Assert.Equal((48ul, 13ul, 0ul), (_ring.Consumed, _durable[Lane.Bulk].Sent, _hold.Held));
    }

    [Fact]
    public void What_waits_for_a_frame_keeps_its_space_although_all_frames_are_kept()
    {
        Read(records: 1, through: 11);
        Read(records: 2, through: 13);
        _hold.Settle(new LaneNumbers(10, 12));
        _hold.Release(10);

        Assert.Equal(16ul, _ring.Consumed);
        Assert.Equal(new LaneNumbers(10, 12), _durable[Lane.Bulk]);
    }

    [Fact]
    public void What_stays_on_the_host_is_given_back_without_a_frame()
    {
        Read(records: 4, through: 14);
        _hold.Settle(new LaneNumbers(10, 14));
        _hold.Release(10);

        Assert.Equal(64ul, _ring.Consumed);
        Assert.Equal(new LaneNumbers(10, 14), _durable[Lane.Bulk]);
    }

    [Fact]
    public void Space_of_records_with_numbers_that_left_before_is_given_back_too()
    {
        Read(records: 1, through: 11);
        _hold.Settle(new LaneNumbers(11, 11));
        _hold.Release(11);
        Read(records: 1, through: 11);
        _hold.Settle(new LaneNumbers(11, 11));
        _hold.Release(11);

        Assert.Equal(32ul, _ring.Consumed);
    }

    [Fact]
    public void Each_lane_has_its_own_numbers()
    {
        Read(records: 1, through: 11);
        _hold.Settle(new LaneNumbers(11, 11));
        _hold.Release(ulong.MaxValue);

        Assert.Equal((new LaneNumbers(11, 11), default), (_durable[Lane.Bulk], _durable[Lane.High]));
    }

    private void Read(int records, ulong through)
    {
        for (var i = 0; i < records; i++)
        {
            Assert.True(_ring.Write([1, 2, 3]));
            Assert.True(_reader.TryPeek(out _));
            _reader.Advance();
        }

        _hold.Read(through);
    }
}
