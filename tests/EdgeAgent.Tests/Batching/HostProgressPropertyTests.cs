using EdgeAgent.Batching;
using EdgeAgent.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class HostProgressPropertyTests
{
    /// <summary>Three dice a step: what happens, how long the record is on its way, how long until the next step.</summary>
    [Fact]
    public void What_is_told_is_true_and_in_the_end_nothing_is_left_open() => Prop
        .ForAll(Gen.Choose(0, 99).Three().ArrayOf().ToArbitrary(), Check)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(150));

    private static void Check((int Fate, int Delay, int Pause)[] dice)
    {
        var host = new TwoLanes();
        var stamps = new Dictionary<(Lane, ulong), ulong>();
        var underway = new PriorityQueue<Action, ulong>();
        var frames = new List<Frame>();
        var newest = 0ul;
        foreach (var (fate, delay, pause) in dice)
        {
            var lane = fate % 2 == 0 ? Lane.High : Lane.Bulk;
            var number = host.Give(lane);
            var stamp = host.Now + (ulong)delay;
            stamps[(lane, number)] = stamp;
            if (fate < 60)
            {
                newest = stamp;
                underway.Enqueue(() => host.Arrive(TwoLanes.Event(lane, number, stamp)), host.Now + Some.Seconds(delay < 80 ? 0 : 0.001 * delay));
            }
            else if (fate < 90)
            {
                underway.Enqueue(() => host.Skip(lane, number), host.Now);
            }

            host.Advance(0.001 * pause);
            while (underway.TryPeek(out var arrive, out var at) && at <= host.Now)
            {
                underway.Dequeue();
                arrive();
            }

            host.IsBehind = pause % 3 == 0;
            frames.AddRange(host.Pass(drained: pause % 2 == 0));
        }

        while (underway.TryDequeue(out var arrive, out _))
        {
            arrive();
        }

        host.IsBehind = false;
        frames.AddRange(host.Run(8));
        var told = new Dictionary<Lane, ulong> { [Lane.High] = 10, [Lane.Bulk] = 10 };
        foreach (var frame in frames)
        {
            told[frame.Lane] = Math.Max(told[frame.Lane], frame.Range.Last);
            foreach (var (lane, last, until) in frame.Progress)
            {
                Assert.All(stamps.Where(s => s.Key.Item1 == lane && s.Value < until), s => Assert.True(s.Key.Item2 <= last));
                Assert.True(last <= told[lane], "told before its numbers");
            }
        }

        if (newest > 0)
        {
            Assert.All(frames[^1].Progress, p => Assert.True(p.UntilBootNs >= newest + Some.Seconds(1)));
            Assert.Equal(2, frames[^1].Progress.Count);
        }
    }
}
