using AlertLambda.Delivery;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using static AlertLambda.Tests.Shards.FollowedFunction;

namespace AlertLambda.Tests.Shards;

/// <summary>Hosts whose items are behind: what they lack is read from the stream again by whoever does not remember it.</summary>
public sealed class ShardKeeperTests : IDisposable
{
    private readonly FollowedFunction _function = new();

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task Host_is_written_when_it_is_new_when_something_is_told_and_else_every_five_minutes()
    {
        var process = _function.Start();
        await TakeAsync(process, _function.Put("a"));
        Assert.Equal(1, _function.WritesOf("a"));

        _function.Clock.Advance(TimeSpan.FromSeconds(10));
        await TakeAsync(process, _function.Put("a"));
        Assert.Equal(1, _function.WritesOf("a"));
        await TakeAsync(process, _function.Put("a"));
        Assert.Equal((2, 1), (_function.WritesOf("a"), _function.Told));

        for (var i = 0; i < 60; i++)
        {
            _function.Clock.Advance(TimeSpan.FromSeconds(10));
            await TakeAsync(process, _function.Put("a", "/etc/hosts"));
        }

        Assert.InRange(_function.WritesOf("a"), 3, 4);
        Assert.Equal(63, _function.Writes.Count(call => call.StartsWith("write S#", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Process_that_starts_anew_reads_what_items_lack_and_counts_on()
    {
        var first = _function.Start();
        await TakeAsync(first, _function.Put("a", "/etc/hosts"), _function.Put("b", "/etc/hosts"));
        await TakeAsync(first, _function.Put("a"), _function.Put("b"), _function.Put("a"));
        Assert.Equal(1, _function.WritesOf("a"));

        var result = await TakeAsync(_function.Start(), _function.Put("a"), _function.Put("b"));

        Assert.Equal((3, 0, 1), (result.Counters.Replayed, result.Counters.ReplayFaults, _function.Told));
        await TakeAsync(_function.Start(), _function.Put("b"));
        Assert.Equal(2, _function.Told);
    }

    [Fact]
    public async Task Two_processes_in_turn_remember_as_one()
    {
        var (one, other) = (_function.Start(), _function.Start());
        await TakeAsync(one, _function.Put("a"));
        await TakeAsync(other, _function.Put("a"));
        await TakeAsync(one, _function.Put("b"));
        await TakeAsync(other, _function.Put("a"));
        await TakeAsync(one, _function.Put("a"));

        Assert.Equal(1, _function.Told);
    }

    [Fact]
    public async Task Batch_that_another_process_overtook_is_delivered_again_and_told_once()
    {
        var (one, other) = (_function.Start(), _function.Start());
        await TakeAsync(one, _function.Put("a"));
        var second = _function.Put("a");
        _function.Before = call =>
        {
            if (call.StartsWith("write S#", StringComparison.Ordinal))
            {
                _function.Before = _ => { };
                Assert.Null(TakeAsync(other, second).GetAwaiter().GetResult().StoppedAt);
            }
        };

        var overtaken = await TakeAsync(one, second);

        Assert.Equal((StopReason.NotStored, second), (overtaken.Reason, overtaken.StoppedAt));
        Assert.Null((await TakeAsync(one, second)).StoppedAt);
        await TakeAsync(one, _function.Put("a"));
        Assert.Equal(1, _function.Told);
    }

    [Fact]
    public async Task What_the_stream_has_forgotten_is_counted_and_logged_and_stops_nothing()
    {
        var first = _function.Start();
        await TakeAsync(first, _function.Put("a"));
        await TakeAsync(first, _function.Put("a"));
        _function.Stream.Forget(2);

        var result = await TakeAsync(_function.Start(), _function.Put("a"));

        Assert.Equal((null, 1, 0), (result.StoppedAt, result.Counters.ReplayFaults, _function.Told));
        Assert.Equal("forgotten", _function.Log.Of("shard-read-again")[^1].GetProperty("fault").GetString());
        Assert.Equal(0, (await TakeAsync(_function.Start(), _function.Put("a"))).Counters.ReplayFaults);
    }

    [Fact]
    public async Task While_the_stream_does_not_answer_the_batch_waits()
    {
        var first = _function.Start();
        await TakeAsync(first, _function.Put("a"));
        await TakeAsync(first, _function.Put("a"));
        var third = _function.Put("a");
        _function.Stream.Before = () => throw new ShardLogException("slow down", new IOException());
        var second = _function.Start();

        var result = await TakeAsync(second, third);
        Assert.Equal((StopReason.NotReadAgain, third, "slow down"), (result.Reason, result.StoppedAt, result.Fault));

        _function.Stream.Before = () => { };
        Assert.Null((await TakeAsync(second, third)).StoppedAt);
        Assert.Equal(1, _function.Told);
    }

    [Fact]
    public async Task Shard_that_goes_on_from_another_first_finishes_what_that_one_left()
    {
        await TakeAsync(_function.Start(), _function.Put("a"));
        await TakeAsync(_function.Start(), _function.Put("a"));
        Assert.NotNull((await _function.MarkAsync()).From);
        _function.Stream.Divide(Shard, "child");

        await TakeAsync(_function.Start(), _function.Put("a", shard: "child"));

        Assert.Equal(1, _function.Told);
        Assert.Null((await _function.MarkAsync()).From);
    }

    [Fact]
    public async Task Sweep_finishes_a_shard_that_nobody_takes_batches_of()
    {
        var process = _function.Start();
        await TakeAsync(process, _function.Put("a"));
        _function.Clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(process, _function.Put("a"));
        await _function.SweepAsync();
        Assert.NotNull((await _function.MarkAsync()).From);

        _function.Clock.Advance(new StateOptions().CheckpointEvery + new StateOptions().LeftAfter + TimeSpan.FromSeconds(1));
        var result = await _function.SweepAsync();

        Assert.Equal((1, true), (result.Counters.Replayed, result.IsComplete));
        Assert.Null((await _function.MarkAsync()).From);
        await TakeAsync(process, _function.Put("a"));
        Assert.Equal(1, _function.Told);
    }

    [Fact]
    public async Task Host_whose_item_is_behind_is_not_taken_for_silent_while_it_is_heard_of()
    {
        using var function = new FollowedFunction { Options = new StateOptions { CheckpointEvery = TimeSpan.FromMinutes(20) } };
        var process = function.Start();
        await TakeAsync(process, function.Put("a", "/etc/hosts"), function.Put("b", "/etc/hosts"));
        for (var i = 0; i < 20; i++)
        {
            function.Clock.Advance(TimeSpan.FromSeconds(30));
            await TakeAsync(process, function.Put("a", "/etc/hosts"));
        }

        Assert.Equal("b", Assert.Single((await function.SweepAsync()).Silent).HostId);
        Assert.Equal((1, 2), (function.WritesOf("a"), function.WritesOf("b")));
    }

    [Fact]
    public async Task Sweep_takes_no_host_for_silent_while_the_stream_does_not_answer()
    {
        await TakeAsync(_function.Start(), _function.Put("a", "/etc/hosts"));
        _function.Clock.Advance(Sweeper.SilentAfter + TimeSpan.FromSeconds(1));
        _function.Stream.Before = () => throw new ShardLogException("away", new IOException());

        var result = await _function.SweepAsync();

        Assert.Equal((0, false, "away"), (result.Silent.Count, result.IsComplete, result.Fault));
    }

    [Fact]
    public async Task Where_processes_take_over_from_each_other_all_the_time_nothing_waits_for_long()
    {
        AlertPipeline[] processes = [_function.Start(), _function.Start()];
        for (var i = 0; i < 40; i++)
        {
            _function.Clock.Advance(TimeSpan.FromSeconds(1));
            await TakeAsync(processes[i % 2], _function.Put("a", "/etc/hosts"));
        }

        Assert.InRange(_function.WritesOf("a"), 15, 40);
        Assert.InRange((await _function.MarkAsync()).Patience, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_could_not_be_evaluated_again_in_time_is_kept_so_far()
    {
        var process = _function.Start();
        string[] hosts = ["a", "b", "c"];
        await TakeAsync(process, [.. hosts.Select(host => _function.Put(host))]);
        await TakeAsync(process, [.. hosts.Select(host => _function.Put(host))]);
        var last = hosts.Select(host => _function.Put(host)).ToArray();
        var asked = 0;
        for (var i = 0; i < 3; i++)
        {
            // Of the time that is there at first, nothing is left when it is asked for again.
            asked = 0;
            using var time = new TimeBudget(() => TimeSpan.FromSeconds(asked++ < 2 ? 60 : 5));
            await _function.Start().RunAsync(last, time);
        }

        Assert.Equal([2, 2, 2], hosts.Select(_function.WritesOf));
        Assert.Null((await TakeAsync(_function.Start(), last)).StoppedAt);
        Assert.Equal(3, _function.Told);
    }

    [Fact]
    public async Task Damaged_mark_is_told_and_begins_anew()
    {
        await TakeAsync(_function.Start(), _function.Put("a"));
        var item = Assert.Single(await _function.Memory.LoadAsync([ItemKey.OfShard(new ShardName(MemoryLog.Name, Shard))], default));
        await _function.Memory.TryWriteAsync(item with { Version = item.Version + 1, State = new byte[] { 1, 2, 3 } }, item.Version, default);

        var result = await TakeAsync(_function.Start(), _function.Put("a"));

        Assert.Null(result.StoppedAt);
        Assert.NotEmpty(_function.Log.Of("item-damaged"));
        Assert.Equal("2", (await _function.MarkAsync()).Taken);
    }

    [Fact]
    public async Task What_kills_each_process_that_evaluates_it_again_is_given_up()
    {
        using var function = new FollowedFunction { Options = new StateOptions { AgainTries = 2 } };
        var process = function.Start();
        await TakeAsync(process, function.Put("a", "/etc/hosts"));
        await TakeAsync(process, function.Put("a"));
        var next = function.Put("a");
        function.Before = call => _ = call.StartsWith("load", StringComparison.Ordinal) && function.Writes.Count(one => one == "load") % 2 == 0 ? throw new CrashException() : 0;
        function.Writes.Clear();
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<CrashException>(() => TakeAsync(function.Start(), next));
        }

        function.Before = _ => { };
        var result = await TakeAsync(function.Start(), next);

        Assert.Equal((null, 1), (result.StoppedAt, result.Counters.ReplayFaults));
        Assert.Contains("2 processes died", function.Log.Of("shard-read-again")[^1].GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_is_bounded_in_bytes()
    {
        using var function = new FollowedFunction { Options = new StateOptions { TailBytes = 2_000 } };
        var process = function.Start();
        for (var i = 0; i < 100; i++)
        {
            await TakeAsync(process, function.Put("a", "/etc/hosts"));
        }

        Assert.InRange(function.WritesOf("a"), 5, 40);
    }

    [Fact]
    public async Task Host_is_written_when_others_have_carried_the_shard_on_for_twice_that()
    {
        using var function = new FollowedFunction { Options = new StateOptions { TailBytes = 2_000 } };
        var process = function.Start();
        await TakeAsync(process, function.Put("a", "/etc/hosts"));
        await TakeAsync(process, function.Put("a", "/etc/hosts"));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i * 500 >= 4_000 ? 2 : 1, function.WritesOf("a"));
            await TakeAsync(process, function.PutJunk(500));
        }

        Assert.Null((await function.MarkAsync()).From);
    }

    [Fact]
    public async Task Hosts_that_the_mark_has_no_room_to_name_are_written()
    {
        using var function = new FollowedFunction { Options = new StateOptions { CheckpointEvery = TimeSpan.FromMinutes(20), MostHeard = 1 } };
        var process = function.Start();
        string[] hosts = ["a", "b", "c"];
        await TakeAsync(process, [.. hosts.Select(host => function.Put(host, "/etc/hosts"))]);
        function.Clock.Advance(TimeSpan.FromSeconds(90));
        await TakeAsync(process, [.. hosts.Select(host => function.Put(host, "/etc/hosts"))]);

        Assert.Equal((5, 1), (hosts.Sum(function.WritesOf), (await function.MarkAsync()).Heard.Count));
    }

    [Fact]
    public async Task Shard_whose_ancestors_were_never_taken_asks_for_each_of_them_once()
    {
        for (var level = 0; level < 8; level++)
        {
            _function.Stream.Divide($"whole-{level}", $"left-{level}");
            _function.Stream.Divide($"whole-{level}", $"right-{level}");
            _function.Stream.Merge($"left-{level}", $"right-{level}", $"whole-{level + 1}");
        }

        var asked = 0;
        _function.Stream.Before = () => asked++;
        await TakeAsync(_function.Start(), _function.Put("a", shard: "whole-8"));

        Assert.InRange(asked, 1, 25);
    }

    [Fact]
    public async Task Host_that_was_evaluated_again_for_a_lost_race_is_written()
    {
        const string OtherShard = "shardId-000000000001";
        var (one, other) = (_function.Start(), _function.Start());
        await TakeAsync(one, _function.Put("a", "/etc/hosts"), _function.Put("c"), _function.Put("c"));
        await TakeAsync(one, _function.Put("a", "/etc/hosts"));
        await TakeAsync(other, _function.Put("d", shard: OtherShard), _function.Put("d", shard: OtherShard));
        var third = _function.Put("d", shard: OtherShard);
        Assert.Equal(1, _function.WritesOf("a"));
        _function.Before = call =>
        {
            if (call == "write " + ItemKey.Function)
            {
                _function.Before = _ => { };
                Assert.Null(TakeAsync(other, third).GetAwaiter().GetResult().StoppedAt);
            }
        };

        var result = await TakeAsync(one, _function.Put("a", "/etc/hosts"), _function.Put("c"));

        Assert.Equal((null, 1, 2), (result.StoppedAt, result.Counters.Conflicts, _function.Told));
        Assert.Equal(2, _function.WritesOf("a"));
    }

    [Fact]
    public async Task Messages_that_wait_are_published_while_the_stream_keeps_the_sweep_waiting()
    {
        _function.Publisher.Answer = _ => throw new CrashException();
        await Assert.ThrowsAsync<CrashException>(() => TakeAsync(_function.Start(), _function.Put("a"), _function.Put("a"), _function.Put("a")));
        _function.Publisher.Answer = _ => PublishResult.Published;
        _function.Clock.Advance(OutboxEntry.StaleAfter + TimeSpan.FromSeconds(1));
        _function.Stream.Before = () => throw new OperationCanceledException();

        var result = await _function.SweepAsync();

        Assert.Equal((1, false, "the stream does not say in time which shards there are"), (_function.Told, result.IsComplete, result.Fault));
    }

    [Fact]
    public async Task Frame_from_before_a_silence_that_is_read_after_it_ends_it_not()
    {
        var process = _function.Start();
        await TakeAsync(process, _function.Put("a", "/etc/hosts"));
        _function.Clock.Advance(TimeSpan.FromSeconds(40));
        await TakeAsync(process, _function.Put("a", "/etc/hosts"));
        _function.Clock.Advance(Sweeper.SilentAfter);
        Assert.Single((await _function.SweepAsync()).Silent);
        _function.Clock.Advance(TimeSpan.FromMinutes(3));

        var finished = await _function.SweepAsync();

        Assert.Equal((1, 0), (finished.Counters.Replayed, finished.Silent.Count));
        Assert.Empty((await _function.SweepAsync()).Silent);
        Assert.All(_function.Publisher.Published, message => Assert.DoesNotContain("[OVER]", message.Subject, StringComparison.Ordinal));
    }
}
