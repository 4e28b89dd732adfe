using AlertLambda.Shards;
using AlertLambda.State;
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
}
