using AlertLambda.State;
using AlertLambda.Tests.State;
using static AlertLambda.Tests.Shards.FollowedFunction;

namespace AlertLambda.Tests.Shards;

/// <summary>What is bounded where items are behind: what waits, for how long, and what is asked and tried again.</summary>
public sealed class ShardBoundTests : IDisposable
{
    private readonly FollowedFunction _function = new();

    public void Dispose() => _function.Dispose();

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
}
