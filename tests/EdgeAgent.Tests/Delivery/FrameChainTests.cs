using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using Support;
using Wire.Chain;
using Wire.Codec;
using Wire.Model;
using static EdgeAgent.Tests.Delivery.Chains;

namespace EdgeAgent.Tests.Delivery;

public sealed class FrameChainTests
{
    private static readonly Guid Boot = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private readonly FramePacker _packer = new();

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
