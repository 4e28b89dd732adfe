using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Tests.Fakes;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class GatheringTests
{
    private const int Events = 3000;

    [Fact]
    public void Outage_leaves_fewer_and_larger_frames_that_tell_the_same_in_fewer_bytes()
    {
        var answered = Run(isDown: false);
        var outage = Run(isDown: true);
        Assert.All([answered, outage], batches => Assert.Equal(Events, batches.Sum(b => b.EventCount)));
        Assert.True(outage.Count * 3 < answered.Count, $"{outage.Count} frames in an outage, {answered.Count} else");
        Assert.True(outage.Sum(b => b.Bytes.Length) < answered.Sum(b => b.Bytes.Length));
        Assert.Equal(outage[^1].Range.Last, answered[^1].Range.Last);
        foreach (var (before, next) in outage.Zip(outage.Skip(1)))
        {
            Assert.Equal(before.Range.Last + 1, next.Range.First);
        }
    }

    /// <summary>Two minutes of 25 bulk events a second.</summary>
    private static List<Batch> Run(bool isDown)
    {
        var (host, queue, packer) = (new TwoLanes(), new DeliveryQueue(64 << 20), new FramePacker());
        var shipped = new List<Batch>();
        for (var i = 0; i < Events + 500; i++)
        {
            if (i < Events)
            {
                host.Happen(Lane.Bulk);
            }

            host.IsBehind = queue.IsBehind;
            foreach (var frame in host.Pass().Where(frame => frame.Lane == Lane.Bulk))
            {
                queue.Enqueue(packer.Pack(frame).Single());
            }

            host.Advance(0.04);
            while ((!isDown || i == Events + 499) && queue.Begin() is { } batch)
            {
                shipped.Add(batch);
                queue.Complete(delivered: true);
            }
        }

        return shipped;
    }
}
