using AlertLambda.Delivery;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using static AlertLambda.Tests.Shards.FollowedFunction;

namespace AlertLambda.Tests.Shards;

/// <summary>The sweep where items of hosts are behind.</summary>
public sealed class ShardSweepTests : IDisposable
{
    private readonly FollowedFunction _function = new();

    public void Dispose() => _function.Dispose();

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
