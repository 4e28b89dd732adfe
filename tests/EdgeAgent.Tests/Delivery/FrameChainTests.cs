using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Chain;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class FrameChainTests : IDisposable
{
    private static readonly Guid Boot = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private readonly FramePacker _packer = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frame_names_the_one_that_was_delivered_before_it_whatever_its_lane()
    {
        var queue = new DeliveryQueue(1 << 20, isChained: true);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.High, 1), Batch(Lane.Bulk, 2)], queue.Enqueue);
        var shipped = Drain(queue);
        Assert.Equal([Lane.High, Lane.Bulk, Lane.Bulk], shipped.Select(b => b.Lane));
        Assert.Equal([ChainPlace.Start, ChainPlace.Next, ChainPlace.Next], Places(shipped));
        Assert.Equal(FrameDigest.Of(shipped[0].Bytes.Span), shipped[1].Decode().Previous);
    }

    [Fact]
    public void Frame_that_is_tried_again_stays_the_same_byte_for_byte_although_a_more_urgent_one_came()
    {
        var queue = new DeliveryQueue(1 << 20, isChained: true);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.Bulk, 2)], queue.Enqueue);
        queue.Begin();
        queue.Complete(delivered: true);
        var first = queue.Begin()!;
        queue.Enqueue(Batch(Lane.High, 1));
        Assert.Same(first, queue.Begin());
        Assert.NotNull(first.Decode().Previous);
    }

    [Fact]
    public void Account_that_was_under_way_at_a_kill_does_not_come_again_as_events()
    {
        using (var life = new SpooledQueue(_folder.Path))
        {
            life.Add(Lane.Bulk, 1);
            life.End();
        }

        using (var life = new SpooledQueue(_folder.Path, maxBytes: 1))
        {
            Assert.Single(life.Queue.Begin()!.Decode().Lost);
        }

        using (var life = new SpooledQueue(_folder.Path))
        {
            var again = life.Ship()!;
            Assert.Empty(again.Events);
            Assert.Single(again.Lost);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Late_frame_under_way_or_delivered_does_not_hide_what_was_refused_before_it(bool isDelivered)
    {
        using (var life = new SpooledQueue(_folder.Path))
        {
            life.Add(Lane.High, 1);
            life.Add(Lane.High, 2);
            life.Add(Lane.High, 1);
            life.Spool.Step(final: true);
            life.Ship();
            life.Ship(delivered: false);
            Assert.Equal(1ul, life.Queue.Begin()!.Range.First);
            if (isDelivered)
            {
                life.Queue.Complete(true);
            }
        }

        CheckTold(Lane.High);
    }

    [Fact]
    public void Late_frame_under_way_does_not_hide_what_was_too_old_before_it()
    {
        using (var life = new SpooledQueue(_folder.Path, maxAge: TimeSpan.FromSeconds(10)))
        {
            life.Add(Lane.Bulk, 1);
            life.Add(Lane.Bulk, 2);
            life.Ship();
            life.Time.Advance(TimeSpan.FromSeconds(20));
            life.Add(Lane.Bulk, 1);
            life.Spool.Step(final: true);
            Assert.Equal(1ul, life.Queue.Begin()!.Range.First);
        }

        CheckTold(Lane.Bulk);
    }

    private void CheckTold(Lane lane)
    {
        using var life = new SpooledQueue(_folder.Path);
        life.Add(lane, 3);
        Assert.Contains(life.Drain(), frame => frame.Events.Any(e => e.Sequence == 2) || frame.Lost.Any(lost => lost.Range.Contains(2)));
    }

    [Fact]
    public void Refused_frame_does_not_move_the_chain_on()
    {
        var queue = new DeliveryQueue(1 << 20, isChained: true);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.Bulk, 2), Batch(Lane.Bulk, 3)], queue.Enqueue);
        var first = queue.Begin()!;
        queue.Complete(delivered: true);
        queue.Begin();
        queue.Complete(delivered: false);
        var last = Assert.Single(Drain(queue));
        Assert.Equal((new SequenceRange(2, 3), FrameDigest.Of(first.Bytes.Span)), (last.Range, last.Decode().Previous!.Value));
    }

    [Fact]
    public void Each_boot_has_a_chain_and_one_that_was_left_goes_on()
    {
        var queue = new DeliveryQueue(1 << 20, isChained: true);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.Bulk, 2, Boot), Batch(Lane.Bulk, 3), Batch(Lane.Bulk, 4, Boot)], queue.Enqueue);
        var shipped = Drain(queue);
        Assert.Equal([ChainPlace.Start, ChainPlace.Next], Places([shipped[0], shipped[2]]));
        Assert.Equal([ChainPlace.Start, ChainPlace.Next], Places([shipped[1], shipped[3]]));
    }

    [Fact]
    public void Of_many_boots_the_latest_are_known()
    {
        var queue = new DeliveryQueue(1 << 20, isChained: true);
        Guid[] boots = [.. Enumerable.Range(1, FrameChain.MaxTips + 1).Select(BootNumber)];
        Array.ForEach([.. boots, boots[^1], boots[1], boots[0]], boot => queue.Enqueue(Batch(Lane.Bulk, 1, boot)));
        var again = Drain(queue).TakeLast(3).Select(b => b.Decode().Previous is not null);
        Assert.Equal([true, true, false], again);
    }

    [Theory]
    [InlineData(9, int.MaxValue)]
    [InlineData(9, 5)]
    [InlineData(30, 17)]
    public void Many_boots_that_wait_in_one_spool_each_go_on_with_their_own_chain_also_over_kills(int boots, int shippedUntilKill)
    {
        for (var boot = 1; boot <= boots; boot++)
        {
            using var life = new SpooledQueue(_folder.Path);
            Array.ForEach([1ul, 2ul, 3ul], number => life.Add(Lane.High, number, bootId: BootNumber(boot)));
            Array.ForEach([1ul, 2ul, 3ul], number => life.Add(Lane.Bulk, number, bootId: BootNumber(boot)));
            life.End();
        }

        var received = new List<Batch>();
        while (received.Count < boots * 6)
        {
            using var life = new SpooledQueue(_folder.Path);
            for (var i = 0; i < shippedUntilKill && life.Take() is { } batch; i++)
            {
                received.Add(batch);
            }
        }

        Assert.Equal(boots * 6, received.Count);
        foreach (var boot in received.GroupBy(batch => batch.BootId))
        {
            Assert.Equal(
                ["High 1", "High 2", "High 3", "Bulk 1", "Bulk 2", "Bulk 3"], boot.Select(batch => $"{batch.Lane} {batch.Range.First}"));
            Assert.Equal([ChainPlace.Start, .. Enumerable.Repeat(ChainPlace.Next, 5)], Places(boot));
        }
    }

    [Fact]
    public void Without_a_spooled_sink_frames_are_not_linked()
    {
        var queue = new DeliveryQueue(1 << 20);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.Bulk, 2)], queue.Enqueue);
        Assert.All(Drain(queue), b => Assert.Null(b.Decode().Previous));
    }

    [Fact]
    public void Parts_of_a_frame_that_had_to_be_divided_are_links_of_their_own_and_nothing_comes_between_them()
    {
        const int Longest = 8_000;
        var queue = new DeliveryQueue(1 << 30, isChained: true);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        queue.Enqueue(Batch(Lane.Bulk, 2));

        // An agent that linked none filled frames to the last byte.
        var events = Enumerable.Range(0, 1 + (FrameFormat.MaxFrameBytes / Longest)).ToArray();
        var (low, high) = (0, Longest);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = new FrameEncoder().TryEncode(Large(middle), new System.Buffers.ArrayBufferWriter<byte>()) ? (middle, high) : (low, middle);
        }

        var large = Large(low);
        queue.Enqueue(new Batch(large, new FrameEncoder().Encode(large)));
        queue.Begin();
        queue.Complete(delivered: true);
        queue.Begin();
        queue.Complete(delivered: true);
        var part = queue.Begin()!;
        queue.Enqueue(Batch(Lane.High, 1));
        queue.Complete(delivered: true);
        var rest = Drain(queue);
        Assert.Equal([Lane.Bulk, Lane.High], rest.Select(b => b.Lane));
        Assert.Equal((3ul, part.Range.Last + 1, 2 + (ulong)events.Length), (part.Range.First, rest[0].Range.First, rest[0].Range.Last));
        Assert.Equal(FrameDigest.Of(part.Bytes.Span), rest[0].Decode().Previous);
        Assert.All([part, .. rest], b => Assert.InRange(b.Bytes.Length, 1, FrameFormat.MaxFrameBytes));

        Frame Large(int last) => Some.Frame([.. events.Select(i => Some.FileOpen(
            $"/{i:000}{new string('a', i == events[^1] ? last : Longest - 50)}", sequence: 3 + (ulong)i, lane: Lane.Bulk))]);
    }

    [Fact]
    public void Chain_goes_on_after_a_kill_and_what_was_under_way_comes_first_and_is_the_same_byte_for_byte()
    {
        List<Batch> received = [];
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            received.Add(first.Take()!);
            received.Add(first.Queue.Begin()!);
            first.Add(Lane.High, 7);
            first.Spool.Step(final: false);
        }

        using (var second = new SpooledQueue(_folder.Path, _time))
        {
            second.Add(Lane.High, 8);
            received.Add(second.Take()!);
            received.Add(second.Take()!);
        }

        using var third = new SpooledQueue(_folder.Path, _time);
        third.Add(Lane.High, 9);
        received.Add(third.Take()!);
        Assert.Equal(
            ["Bulk 1", "Bulk 2", "Bulk 2", "High 7", "High 9"], received.Select(b => $"{b.Lane} {b.Range.First}"));
        Assert.Equal([ChainPlace.Start, ChainPlace.Next, ChainPlace.Resent, ChainPlace.Next, ChainPlace.Next], Places(received));
    }

    [Fact]
    public void What_was_under_way_is_not_dropped_by_the_next_life()
    {
        Batch under;
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
            under = first.Queue.Begin()!;
        }

        using var second = new SpooledQueue(_folder.Path, _time, maxBytes: 1);
        Assert.True(under.Bytes.Span.SequenceEqual(second.Queue.Begin()!.Bytes.Span));
    }

    [Fact]
    public void Agent_that_lost_its_cursor_begins_a_chain()
    {
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
            first.Ship();
        }

        File.Delete(_folder["cursor"]);
        using var second = new SpooledQueue(_folder.Path, _time);
        Assert.Null(second.Ship()!.Previous);
    }

    private static Guid BootNumber(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private static IEnumerable<ChainPlace> Places(IEnumerable<Batch> received)
    {
        var check = new ChainCheck();
        return [.. received.Select(b => check.Add(b.Bytes.Span, b.Decode()))];
    }

    private static List<Batch> Drain(DeliveryQueue queue)
    {
        var shipped = new List<Batch>();
        while (queue.Begin() is { } batch)
        {
            shipped.Add(batch);
            queue.Complete(delivered: true);
        }

        return shipped;
    }

    private Batch Batch(Lane lane, ulong number, Guid? boot = null)
    {
        var host = Some.Host(bootId: boot);
        var e = lane == Lane.High ? (HostEvent)Some.FileOpen(sequence: number, host: host) : Some.Connect(sequence: number, host: host);
        return _packer.Pack(Some.Frame([e])).Single();
    }
}
