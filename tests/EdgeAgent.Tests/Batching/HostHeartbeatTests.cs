using EdgeAgent.Batching;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

/// <summary>Once a minute a frame of the high lane says how the agent is, whatever the lanes do.</summary>
public sealed class HostHeartbeatTests
{
    private readonly TwoLanes _host = new();

    [Fact]
    public void Nothing_is_said_before_the_agent_is_ready_and_then_at_once()
    {
        Assert.DoesNotContain(_host.Run(130), f => f.Heartbeat is not null);
        _host.Heartbeat.Begin();
        Assert.Equal(_host.Now, Assert.Single(_host.Pass(), f => f.Heartbeat is not null).Heartbeat!.TakenBootNs);
    }

    [Fact]
    public void Idle_host_says_it_each_minute_in_the_one_frame_that_the_silent_high_lane_sends_anyway()
    {
        _host.Heartbeat.Begin();
        var high = _host.Run(300.5).Where(f => f.Lane == Lane.High).ToList();
        Assert.Equal(6, high.Count);
        Assert.All(high, f => Assert.True(f is { Heartbeat: not null, Range.Count: 0 }));
        Assert.All(high.Zip(high.Skip(1)), pair => Assert.InRange(
            pair.Second.Heartbeat!.TakenBootNs - pair.First.Heartbeat!.TakenBootNs, Some.Seconds(60), Some.Seconds(60.1)));
    }

    [Theory]
    [InlineData(Lane.High)]
    [InlineData(Lane.Bulk)]
    public void Busy_host_says_it_each_minute_too(Lane busy)
    {
        _host.Heartbeat.Begin();
        var frames = new List<Frame>();
        for (var i = 0; i < 3_005; i++)
        {
            _host.Happen(busy);
            frames.AddRange(_host.Pass());
            _host.Advance(0.1);
        }

        frames.AddRange(_host.Run(1.5));
        var beats = frames.Where(f => f.Heartbeat is not null).ToList();
        Assert.Equal(6, beats.Count);
        Assert.All(beats, f => Assert.Equal(Lane.High, f.Lane));
        Assert.Equal(3_005, frames.Sum(f => f.Events.Count));
        foreach (var lane in frames.GroupBy(f => f.Lane))
        {
            Assert.All(lane.Zip(lane.Skip(1)), pair => Assert.Equal(pair.First.Range.Last + 1, pair.Second.Range.First));
        }
    }

    [Fact]
    public void Event_that_waits_leaves_with_the_heartbeat_and_costs_no_frame_of_its_own()
    {
        _host.Heartbeat.Begin();
        _host.Pass();
        _host.Advance(59.99);
        var e = _host.Happen(Lane.High);
        Assert.DoesNotContain(_host.Pass(), f => f.Lane == Lane.High);
        _host.Advance(0.02);
        var frame = Assert.Single(_host.Pass(), f => f.Lane == Lane.High);
        Assert.NotNull(frame.Heartbeat);
        Assert.Equal(e.Sequence, Assert.Single(frame.Events).Sequence);
    }
}
