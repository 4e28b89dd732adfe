using EdgeAgent.Batching;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class HostProgressTests
{
    private readonly TwoLanes _host = new();

    [Fact]
    public void Busy_lane_speaks_for_the_idle_one()
    {
        var e = _host.Happen(Lane.High);
        _host.Advance(0.05);
        var frame = Assert.Single(_host.Pass());
        var until = _host.Now - HostProgress.ClockSlackNs;
        Assert.Equal(Lane.High, frame.Lane);
        Assert.Equal([new LaneProgress(Lane.High, e.Sequence, until), new LaneProgress(Lane.Bulk, 10, until)], frame.Progress);
    }

    [Fact]
    public void Lane_is_complete_only_until_where_its_events_have_left()
    {
        _host.Pass();
        var quiet = _host.Now - HostProgress.ClockSlackNs;
        _host.Advance(0.01);
        _host.Happen(Lane.Bulk);
        _host.Happen(Lane.High);
        _host.Pass();
        _host.Advance(0.06);
        var high = Assert.Single(_host.Pass());
        Assert.Equal(new LaneProgress(Lane.Bulk, 10, quiet), high.Progress[1]);

        _host.Advance(0.94);
        var bulk = Assert.Single(_host.Pass());
        Assert.Equal(new LaneProgress(Lane.Bulk, 11, _host.Now - HostProgress.ClockSlackNs), bulk.Progress[1]);
    }

    [Fact]
    public void Lane_whose_ring_is_never_empty_is_complete_until_a_little_earlier()
    {
        var waiting = new Queue<HostEvent>();
        var untils = new List<ulong>();
        for (var i = 0; i < 400; i++)
        {
            waiting.Enqueue(TwoLanes.Event(Lane.Bulk, _host.Give(Lane.Bulk), _host.Now));
            if (waiting.Count > 3)
            {
                _host.Arrive(waiting.Dequeue());
            }

            untils.AddRange(_host.Pass(drained: false).Where(f => f.Lane == Lane.Bulk).Select(f => _host.Now - f.Progress[1].UntilBootNs));
            _host.Advance(0.02);
        }

        Assert.InRange(untils.Count, 6, 9);
        Assert.All(untils, behind => Assert.InRange(behind, 0ul, Some.Seconds(2.2)));
    }

    [Theory]
    [InlineData(Lane.High)]
    [InlineData(Lane.Bulk)]
    public void Verdict_about_the_last_event_can_be_made_within_about_two_seconds_and_costs_one_frame(Lane lane)
    {
        _host.Run(0.1);
        var e = _host.Happen(lane);
        var frames = _host.Run(2.1);
        Assert.Equal([1, 0], frames.Select(f => f.Events.Count));
        Assert.Equal([Lane.High, Lane.Bulk], frames[1].Progress.Select(p => p.Lane));
        Assert.All(frames[1].Progress, p => Assert.True(p.UntilBootNs >= e.BootNs + Some.Seconds(1)));
        Assert.Empty(_host.Run(57));
    }

    [Fact]
    public void Numbers_that_stay_on_the_host_do_not_hold_the_last_event_up()
    {
        for (var i = 0; i < 20; i++)
        {
            _host.Skip(Lane.Bulk, _host.Give(Lane.Bulk));
        }

        var e = _host.Happen(Lane.High);
        var frames = _host.Run(1.5);
        Assert.Equal([(Lane.High, 1ul), (Lane.Bulk, 20ul)], frames.Select(f => (f.Lane, f.Range.Count)));
        Assert.Equal([11ul, 30ul], frames[1].Progress.Select(p => p.Last));
        Assert.All(frames[1].Progress, p => Assert.True(p.UntilBootNs >= e.BootNs + Some.Seconds(1)));
    }

    [Fact]
    public void Steady_events_make_one_more_frame_a_second_at_most()
    {
        var frames = new List<Frame>();
        for (var i = 0; i < 100; i++)
        {
            _host.Happen(Lane.High);
            _host.Skip(Lane.Bulk, _host.Give(Lane.Bulk));
            frames.AddRange(_host.Run(0.1));
        }

        Assert.InRange(frames.Count(f => f.Lane == Lane.Bulk), 8, 10);
        Assert.All(frames.SkipWhile(f => f.Lane == Lane.High), f => Assert.All(f.Progress, p => Assert.True(
            f.Events.All(e => e.BootNs < p.UntilBootNs + Some.Seconds(1.2)))));
    }

    [Fact]
    public void Longer_flush_interval_is_not_undercut()
    {
        var host = new TwoLanes(new AgentOptions { FlushInterval = TimeSpan.FromSeconds(5) });
        var frames = new List<(double At, Frame Frame)>();
        for (var i = 0; i < 200; i++)
        {
            host.Happen(Lane.Bulk);
            frames.AddRange(host.Run(0.1).Select(f => (i / 10.0, f)));
        }

        Assert.InRange(frames.Count, 3, 4);
    }

    [Fact]
    public void Hole_is_waited_for_and_then_told()
    {
        _host.Run(0.1);
        var e = _host.Happen(Lane.High);
        _host.Run(1.0);
        _host.Give(Lane.Bulk); // lost, but that is known only after the grace
        var frames = _host.Run(3);
        Assert.Contains(frames, f => f.Lost.Count == 1);
        Assert.All(frames[^1].Progress, p => Assert.True(p.UntilBootNs >= e.BootNs + Some.Seconds(1)));
        Assert.Equal(11ul, frames[^1].Progress[1].Last);
    }

    [Fact]
    public void Kernel_that_does_not_answer_makes_no_lane_more_complete()
    {
        var start = _host.Now - HostProgress.ClockSlackNs;
        _host.Happen(Lane.High);
        _host.Advance(0.05);
        var frame = Assert.Single(_host.Pass(given: 0));
        Assert.Equal([new LaneProgress(Lane.High, 10, start), new LaneProgress(Lane.Bulk, 10, start)], frame.Progress);
    }
}
