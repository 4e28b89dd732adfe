using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Delivery;

public sealed class DeliveryQueuePropertyTests
{
    /// <summary>What happens next: a batch of a lane is added, one is taken, one is delivered, one is refused.</summary>
    [Fact]
    public void Of_every_number_it_is_told_once_that_it_was_delivered_or_lost()
    {
        var steps = Gen.Choose(0, 99).ArrayOf().ToArbitrary();
        Prop.ForAll(steps, Gen.Choose(1, 3000).ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));
    }

    private static void Check(int[] steps, int maxBytes)
    {
        var queue = new DeliveryQueue(maxBytes);
        var packer = new FramePacker();
        var next = new Dictionary<Lane, ulong> { [Lane.High] = 1, [Lane.Bulk] = 1 };
        var told = new Dictionary<(Lane, ulong), int>();
        var (added, delivered) = (0L, 0L);
        foreach (var step in steps)
        {
            switch (step)
            {
                case < 60:
                    Add(step % 2 == 0 ? Lane.High : Lane.Bulk, 1 + (ulong)(step % 3));
                    break;
                case < 65:
                    Add(Lane.Bulk, 0);
                    break;
                case < 80:
                    queue.Begin();
                    break;
                case < 95:
                    Deliver();
                    break;
                default:
                    if (queue.Begin() is not null)
                    {
                        queue.Complete(delivered: false);
                    }

                    break;
            }
        }

        // A last batch of each lane carries what is still owed.
        Add(Lane.High, 1);
        Add(Lane.Bulk, 1);
        while (queue.Begin() is not null)
        {
            Deliver();
        }

        Assert.Equal(added, delivered + queue.DroppedEvents);
        Assert.Equal(next.Sum(n => (long)n.Value - 1), told.Count);
        Assert.All(told.Values, times => Assert.Equal(1, times));

        void Add(Lane lane, ulong count)
        {
            var range = new SequenceRange(next[lane], next[lane] + count - 1);
            next[lane] = range.Last + 1;
            HostEvent[] events = count == 0 ? [] : [lane == Lane.High ? Some.FileOpen(sequence: range.First) : Some.Connect(sequence: range.First)];
            added += events.Length;
            queue.Enqueue(packer.Pack(Some.Frame(events, range, host: Some.Host(), lane: lane)).Single());
        }

        void Deliver()
        {
            if (queue.Begin() is not { } batch)
            {
                return;
            }

            delivered += batch.EventCount;
            for (var n = batch.Range.First; n <= batch.Range.Last; n++)
            {
                told[(batch.Lane, n)] = told.GetValueOrDefault((batch.Lane, n)) + 1;
            }

            queue.Complete(delivered: true);
        }
    }
}
