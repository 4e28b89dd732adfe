using System.Runtime.CompilerServices;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using Support;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class DeliveryQueueTests
{
    private readonly FramePacker _packer = new();

    [Fact]
    public void High_value_batches_are_shipped_first_and_each_lane_in_order()
    {
        var queue = new DeliveryQueue(1 << 20);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        queue.Enqueue(Batch(Lane.Bulk, 2));
        queue.Enqueue(Batch(Lane.High, 1));
        queue.Enqueue(Batch(Lane.High, 2));
        Assert.Equal(4, queue.WaitingEvents);
        Assert.Equal(["High 1..1", "High 2..2", "Bulk 1..1", "Bulk 2..2"], Drain(queue).Select(Name));
        Assert.Null(queue.Begin());
    }

    [Fact]
    public void Queue_is_behind_while_more_than_a_few_frames_wait()
    {
        var queue = new DeliveryQueue(1 << 20);
        for (ulong n = 1; n <= 9; n++)
        {
            Assert.False(queue.IsBehind);
            queue.Enqueue(Batch(Lane.Bulk, n));
        }

        Assert.True(queue.IsBehind);
        queue.Begin();
        queue.Complete(delivered: true);
        Assert.False(queue.IsBehind);
        Drain(queue);
        Assert.False(queue.IsBehind);
    }

    [Fact]
    public void Full_queue_drops_the_oldest_bulk_batches_and_the_next_one_accounts_for_them_as_one_range()
    {
        var size = Batch(Lane.Bulk, 1).Bytes.Length;
        var queue = new DeliveryQueue(4 * size);
        queue.Enqueue(Batch(Lane.High, 1));
        for (ulong n = 1; n <= 9; n++)
        {
            queue.Enqueue(Batch(Lane.Bulk, n));
        }

        var frames = Drain(queue);
        Assert.Equal("High 1..1", Name(frames[0]));
        Assert.Equal(10, frames.Sum(f => f.Events.Count) + queue.DroppedEvents);
        Assert.True(queue.DroppedEvents >= 6);
        var carrier = frames[1];
        Assert.Equal([new LostRange(new SequenceRange(1, (ulong)queue.DroppedEvents), LossCause.Spool)], carrier.Lost);
        Assert.Equal(1ul, carrier.Range.First);
        Assert.All(frames.Skip(2), f => Assert.Empty(f.Lost));
    }

    [Fact]
    public void Heartbeat_overtakes_a_backlog_of_bulk_events_and_is_kept_when_its_frame_has_to_account_for_others()
    {
        var beat = new Frame
        {
            Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(3, 2), BootTimeUnixNs = Some.BootTimeUnixNs, Events = [],
            Heartbeat = new Heartbeat { TakenBootNs = 77 },
        };
        var queue = new DeliveryQueue(1 << 20);
        queue.Enqueue(Batch(Lane.High, 1));
        queue.Enqueue(Batch(Lane.High, 2));
        queue.Begin();
        queue.Complete(delivered: true);
        queue.Begin();
        queue.Complete(delivered: false);
        for (ulong n = 1; n <= 9; n++)
        {
            queue.Enqueue(Batch(Lane.Bulk, n));
        }

        queue.Enqueue(_packer.Pack(beat)[0]);
        var first = queue.Begin()!.Decode();
        Assert.Equal((Lane.High, 77ul), (first.Lane, first.Heartbeat!.TakenBootNs));
        Assert.Equal([new LostRange(new SequenceRange(2, 2), LossCause.Spool)], first.Lost);
    }

    [Fact]
    public void What_waits_is_known_by_bytes_frames_and_the_age_of_the_oldest()
    {
        var time = new ManualTime();
        var queue = new DeliveryQueue(1 << 20, time: time);
        Assert.Equal((0L, 0, TimeSpan.Zero), queue.Waiting);
        var (high, bulk) = (Batch(Lane.High, 1), Batch(Lane.Bulk, 1));
        queue.Enqueue(bulk);
        time.AdvanceMilliseconds(1500);
        queue.Enqueue(high);
        time.AdvanceMilliseconds(500);
        Assert.Equal((high.Bytes.Length + bulk.Bytes.Length, 2, TimeSpan.FromSeconds(2)), ((int)queue.Waiting.Bytes, queue.Waiting.Frames, queue.Waiting.Oldest));
        Drain(queue);
        Assert.Equal((0L, 0, TimeSpan.Zero), queue.Waiting);
    }

    [Fact]
    public void Batch_that_is_being_shipped_and_the_newest_are_never_dropped()
    {
        var queue = new DeliveryQueue(1);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        var shipping = queue.Begin();
        for (ulong n = 2; n <= 5; n++)
        {
            queue.Enqueue(Batch(Lane.Bulk, n));
        }

        Assert.Same(shipping, queue.Begin());
        queue.Complete(delivered: true);
        var rest = Assert.Single(Drain(queue));
        Assert.Equal((new SequenceRange(2, 5), 3L), (rest.Range, queue.DroppedEvents));
    }

    [Fact]
    public void High_value_batches_are_dropped_only_when_no_bulk_batch_can_be()
    {
        Batch[] batches = [Batch(Lane.High, 1), Batch(Lane.High, 2), Batch(Lane.Bulk, 1), Batch(Lane.Bulk, 2), Batch(Lane.Bulk, 3)];
        var queue = new DeliveryQueue(batches.Sum(b => b.Bytes.Length) - 1);
        Array.ForEach(batches, queue.Enqueue);
        Assert.Equal(["High 1..1", "High 2..2", "Bulk 1..2", "Bulk 3..3"], Drain(queue).Select(Name));

        var tight = new DeliveryQueue(1);
        Array.ForEach([Batch(Lane.Bulk, 1), Batch(Lane.High, 1), Batch(Lane.High, 2)], tight.Enqueue);
        Assert.Equal(["High 1..2", "Bulk 1..1"], Drain(tight).Select(Name));
    }

    [Fact]
    public void Refused_batch_is_counted_and_told_in_the_next_of_its_lane_whenever_that_comes()
    {
        var queue = new DeliveryQueue(1 << 20);
        queue.Enqueue(Batch(Lane.Bulk, 1, 5));
        Assert.NotNull(queue.Begin());
        queue.Complete(delivered: false);
        Assert.Equal(1, queue.DroppedEvents);
        queue.Enqueue(Batch(Lane.High, 1));
        queue.Enqueue(Batch(Lane.Bulk, 6));
        Assert.Equal(["High 1..1", "Bulk 1..6"], Drain(queue).Select(Name));
    }

    [Fact]
    public void Dropped_frame_with_a_late_event_takes_no_account_with_it()
    {
        // 2..10 told 5 as lost; 5 came late; both are dropped.
        var queue = new DeliveryQueue(1);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        queue.Begin();
        queue.Enqueue(Batch(Lane.Bulk, 2, 10));
        queue.Enqueue(Batch(Lane.Bulk, 5));
        queue.Enqueue(Batch(Lane.Bulk, 11));
        queue.Complete(delivered: true);
        var frame = Assert.Single(Drain(queue));
        Assert.Equal(new SequenceRange(2, 11), frame.Range);
        Assert.Equal([new LostRange(new SequenceRange(2, 10), LossCause.Spool)], frame.Lost);
        Assert.Equal(2, queue.DroppedEvents);
    }

    [Fact]
    public void Late_event_does_not_carry_the_account_of_others()
    {
        var queue = new DeliveryQueue(1 << 20);
        queue.Enqueue(Batch(Lane.Bulk, 1, 10));
        queue.Begin();
        queue.Complete(delivered: false);
        queue.Enqueue(Batch(Lane.Bulk, 5));
        queue.Enqueue(Batch(Lane.Bulk, 11));
        Assert.Equal(["Bulk 5..5", "Bulk 1..11"], Drain(queue).Select(Name));
    }

    [Fact]
    public void Dropped_heartbeat_owes_nothing()
    {
        var queue = new DeliveryQueue(1);
        queue.Enqueue(Pack(Some.Frame([], new SequenceRange(1, 0))));
        queue.Begin();
        queue.Enqueue(Pack(Some.Frame([], new SequenceRange(1, 0))));
        queue.Enqueue(Batch(Lane.Bulk, 1));
        queue.Complete(delivered: true);
        var frame = Assert.Single(Drain(queue));
        Assert.Equal((new SequenceRange(1, 1), 0), (frame.Range, frame.Lost.Count));
    }

    [Fact]
    public void Frame_as_large_as_one_may_be_still_carries_the_account_by_being_divided()
    {
        const int Longest = 8_000;

        // Grow until one more byte would be too much.
        var (low, high) = (0, FrameFormat.MaxFrameBytes);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = _packer.Pack(Large(middle)).Count == 1 ? (middle, high) : (low, middle);
        }

        var queue = new DeliveryQueue(1 << 30);
        queue.Enqueue(Batch(Lane.Bulk, 1, 1_000_000));
        queue.Begin();
        queue.Complete(delivered: false);
        queue.Enqueue(Assert.Single(_packer.Pack(Large(low))));
        var frames = Drain(queue);
        Assert.Equal(2, frames.Count);
        var events = Large(low).Events.Count;
        Assert.Equal((1ul, frames[0].Range.Last + 1, 1_000_000 + (ulong)events), (frames[0].Range.First, frames[1].Range.First, frames[1].Range.Last));
        Assert.Equal(events, frames.Sum(f => f.Events.Count));

        static Frame Large(int size) => Some.Frame(
            [.. Enumerable.Range(0, 1 + (size / Longest)).Select(i => Some.FileOpen(
                $"/{i:000}{new string('a', Math.Min(Longest, size - (Longest * i)))}", sequence: 1_000_001 + (ulong)i, lane: Lane.Bulk))]);
    }

    [Fact]
    public void Batch_that_carries_the_account_of_dropped_ones_still_tells_the_progress()
    {
        var queue = new DeliveryQueue(1);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        queue.Enqueue(Pack(new Frame
        {
            Host = Some.Host(), Lane = Lane.Bulk, Range = new SequenceRange(2, 2), BootTimeUnixNs = Some.BootTimeUnixNs, Events = [],
            Progress = [new LaneProgress(Lane.Bulk, 2, 77)],
        }));
        var frame = Assert.Single(Drain(queue));
        Assert.Equal([new LostRange(new SequenceRange(1, 1), LossCause.Spool)], frame.Lost);
        Assert.Equal([new LaneProgress(Lane.Bulk, 2, 77)], frame.Progress);
    }

    [Fact]
    public void Events_of_a_batch_that_waits_are_kept_as_bytes_only()
    {
        var queue = new DeliveryQueue(1 << 20);
        var values = EnqueueOne(queue);
        GC.Collect();
        Assert.False(values.TryGetTarget(out _));
        Assert.Equal(1, queue.WaitingEvents);
    }

    [Fact]
    public async Task Wait_ends_when_something_is_added_or_when_woken()
    {
        var queue = new DeliveryQueue(1 << 20);
        var waiting = queue.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        queue.Enqueue(Batch(Lane.Bulk, 1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        queue.Wake();
        await queue.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Frame> EnqueueOne(DeliveryQueue queue)
    {
        var frame = Some.Frame([Some.Connect()]);
        queue.Enqueue(Assert.Single(new FramePacker().Pack(frame)));
        return new WeakReference<Frame>(frame);
    }

    private static string Name(Frame frame) => $"{frame.Lane} {frame.Range.First}..{frame.Range.Last}";

    private static List<Frame> Drain(DeliveryQueue queue)
    {
        var frames = new List<Frame>();
        while (queue.Begin() is { } batch)
        {
            var frame = batch.Decode();
            Assert.Equal((frame.Lane, frame.Range, frame.Events.Count), (batch.Lane, batch.Range, batch.EventCount));
            frames.Add(frame);
            queue.Complete(delivered: true);
        }

        return frames;
    }

    private Batch Batch(Lane lane, ulong first, ulong? last = null) => Pack(Some.Frame(
        [lane == Lane.High ? Some.FileOpen(sequence: first) : Some.Connect(sequence: first)], new SequenceRange(first, last ?? first)));

    private Batch Pack(Frame frame) => Assert.Single(_packer.Pack(frame));
}
