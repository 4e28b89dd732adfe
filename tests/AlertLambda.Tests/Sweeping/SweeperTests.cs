using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using static AlertLambda.Tests.FunctionUnderTest;

namespace AlertLambda.Tests.Sweeping;

public sealed class SweeperTests : IDisposable
{
    private readonly FunctionUnderTest _function = new();

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task What_a_dead_process_left_is_published_once_when_it_is_a_minute_old()
    {
        _function.Publisher.Answer = _ => throw new CrashException();
        await Assert.ThrowsAsync<CrashException>(() => _function.HandleAsync(Batch(Alarming())));
        _function.Publisher.Answer = _ => PublishResult.Published;

        _function.Restart();
        Assert.Empty(await _function.HandleAsync(Batch(Alarming())));
        await _function.SweepAsync();
        Assert.Empty(_function.Publisher.Published);

        _function.Clock.Advance(OutboxEntry.StaleAfter + TimeSpan.FromSeconds(1));
        var result = await _function.SweepAsync();
        await _function.SweepAsync();

        Assert.Equal((2, true), (result.Counters.Published, result.IsComplete));
        Assert.Equal([AlertMedium.Email, AlertMedium.Chat], _function.Publisher.Published.Select(m => m.Medium));
    }

    [Fact]
    public async Task Host_that_falls_silent_is_told_once_each_time()
    {
        await _function.HandleAsync(Batch(Harmless(7)));
        Assert.Empty((await _function.SweepAsync()).Silent);

        _function.Clock.Advance(Sweeper.SilentAfter + TimeSpan.FromSeconds(1));
        var silent = Assert.Single((await _function.SweepAsync()).Silent);
        Assert.Equal(("web-7", Sweeper.SilentAfter + TimeSpan.FromSeconds(1)), (silent.Note.HostName, _function.Clock.GetUtcNow() - silent.LastSeen));
        Assert.Equal(["agent-silent", "agent-silent"], _function.Publisher.Published.Select(m => m.Attributes["rule"]));
        Assert.Equal("web-7", Assert.Single(_function.Log.Of("host-silent")).GetProperty("name").GetString());

        Assert.Empty((await _function.SweepAsync()).Silent);
        _function.Clock.Advance(TimeSpan.FromSeconds(1));
        await _function.HandleAsync(Batch(Alarming(7)));
        Assert.Empty((await _function.SweepAsync()).Silent);
        _function.Clock.Advance(Sweeper.SilentAfter + TimeSpan.FromSeconds(1));
        Assert.Single((await _function.SweepAsync()).Silent);
    }

    [Fact]
    public async Task Silence_that_could_not_be_stored_is_told_by_the_next_sweep_and_not_before()
    {
        await _function.HandleAsync(Batch(Harmless(7)));
        _function.Clock.Advance(Sweeper.SilentAfter + TimeSpan.FromSeconds(1));
        _function.Store.Before = call => _ = call.StartsWith("write", StringComparison.Ordinal) ? throw FaultyStore.Throttled : 0;

        var result = await _function.SweepAsync();
        Assert.Equal((0, false, 1), (result.Silent.Count, result.IsComplete, result.Counters.StoreFailures));
        Assert.Empty(_function.Publisher.Published);

        _function.Store.Before = _ => { };
        Assert.Single((await _function.SweepAsync()).Silent);
        Assert.Equal(2, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Host_that_is_silent_for_long_is_settled_once()
    {
        await _function.HandleAsync(Batch(Alarming(7)));
        _function.Clock.Advance(Sweeper.SettledAfter + TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await _function.SweepAsync()).Settled);
        Assert.Equal(0, (await _function.SweepAsync()).Settled);
        Assert.Equal(2, _function.Publisher.Published.Count(message => message.Attributes["rule"] != "agent-silent"));
    }

    [Fact]
    public async Task Sweep_with_nothing_to_do_reads_the_list_and_the_own_item_and_nothing_else()
    {
        await _function.HandleAsync(Batch(Harmless(1), Harmless(2)));
        var (loads, writes) = (_function.Store.Loads, _function.Store.Writes);

        Assert.True((await _function.SweepAsync()).IsComplete);

        // The function's own item is always looked at.
        Assert.Equal((loads + 1, writes), (_function.Store.Loads, _function.Store.Writes));
    }
}
