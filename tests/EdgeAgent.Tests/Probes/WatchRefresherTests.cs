using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchRefresherTests : IDisposable
{
    private readonly ManualResetEventSlim _answers = new();
    private readonly List<string> _reports = [];
    private readonly List<string> _applied = [];
    private readonly HandClock _time = new();
    private int _looks;

    public void Dispose()
    {
        _answers.Set();
        _answers.Dispose();
    }

    [Fact]
    public void Look_that_does_not_end_holds_nobody_up_and_is_reported_once()
    {
        var refresher = Refresher(() =>
        {
            if (Interlocked.Increment(ref _looks) > 1)
            {
                _answers.Wait();
            }

            return $"look {_looks}";
        });
        refresher.Start();
        Assert.Equal(["look 1"], _applied);

        _time.Advance(TimeSpan.FromSeconds(2));
        refresher.Step();
        _time.Advance(WatchRefresher<string>.Patience);
        refresher.Step();
        refresher.Step();
        Assert.Equal(["look 1"], _applied);
        Assert.Equal(["a file system of the watch lists has not answered for 10 s; the watch lists stay as they were until it does"], _reports);

        _answers.Set();
        Assert.True(SpinWait.SpinUntil(() => { refresher.Step(); return _applied.Count == 2; }, TimeSpan.FromSeconds(30)));
        Assert.Equal("look 2", _applied[1]);
        Assert.Equal("the file systems with watched files answer again", _reports[1]);
    }

    [Fact]
    public void Nothing_is_applied_when_nothing_changed_and_no_look_begins_before_its_time()
    {
        var refresher = Refresher(() =>
        {
            Interlocked.Increment(ref _looks);
            return null;
        });
        refresher.Start();
        refresher.Step();
        refresher.Step();
        Assert.Equal(1, Volatile.Read(ref _looks));
        Assert.Empty(_applied);
    }

    [Fact]
    public void Hurried_look_begins_before_its_time_and_once()
    {
        var refresher = Refresher(() => $"look {Interlocked.Increment(ref _looks)}");
        refresher.Start();
        refresher.Hurry();
        refresher.Hurry();
        Assert.True(SpinWait.SpinUntil(() => { refresher.Step(); return _applied.Count == 2; }, TimeSpan.FromSeconds(30)));
        refresher.Step();
        refresher.Step();
        Assert.Equal(2, Volatile.Read(ref _looks));
    }

    [Fact]
    public void Change_during_a_look_is_followed_by_another()
    {
        var refresher = Refresher(() =>
        {
            if (Interlocked.Increment(ref _looks) == 2)
            {
                _answers.Wait();
            }

            return $"look {_looks}";
        });
        refresher.Start();
        refresher.Hurry();
        refresher.Step();
        refresher.Hurry();
        refresher.Step();
        Assert.Equal(["look 1"], _applied);
        _answers.Set();
        Assert.True(SpinWait.SpinUntil(() => { refresher.Step(); return _applied.Count == 3; }, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Look_that_fails_fails_the_step_that_takes_it() =>
        Assert.Throws<InvalidOperationException>(() => Refresher(() => throw new InvalidOperationException()).Start());

    private WatchRefresher<string> Refresher(Func<string?> look) =>
        new(look, _applied.Add, TimeSpan.FromSeconds(2), _time, _reports.Add);

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long GetTimestamp() => _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        internal void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
