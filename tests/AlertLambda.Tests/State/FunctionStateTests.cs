using AlertLambda.State;
using static AlertLambda.Tests.FunctionUnderTest;

namespace AlertLambda.Tests.State;

/// <summary>What the function remembers is in the store, and what is not in the store it has not done.</summary>
public sealed class FunctionStateTests : IDisposable
{
    private readonly FunctionUnderTest _function = new();

    public void Dispose() => _function.Dispose();

    [Fact]
    public async Task Process_that_starts_anew_knows_what_was_seen()
    {
        await _function.HandleAsync(Batch(Alarming()));
        _function.Restart();
        await _function.HandleAsync(Batch(Alarming()));

        Assert.Equal(2, _function.Publisher.Published.Count);
        Assert.Equal([0, 1], _function.Log.Of("invocation").Select(line => line.GetProperty("duplicates").GetInt32()));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("write H#")]
    public async Task Throttled_store_returns_the_first_record_and_publishes_nothing(string what)
    {
        _function.Store.Before = call => _ = call.StartsWith(what, StringComparison.Ordinal) ? throw FaultyStore.Throttled : 0;
        Assert.Equal(["1"], await _function.HandleAsync(Batch(Alarming(1), Alarming(2))));
        Assert.Empty(_function.Publisher.Published);
        var line = Assert.Single(_function.Log.Of("invocation"));
        Assert.Equal("NotStored", line.GetProperty("stopped").GetString());
        Assert.Contains("slow down", line.GetProperty("fault").GetString(), StringComparison.Ordinal);

        _function.Store.Before = _ => { };
        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1), Alarming(2))));
        Assert.Equal(4, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Only_the_records_of_the_host_that_could_not_be_written_come_again_and_the_other_is_told()
    {
        var two = "write " + ItemKey.OfHost($"i-{2:x17}");
        _function.Store.Before = call => _ = call == two ? throw FaultyStore.Throttled : 0;

        Assert.Equal(["2"], await _function.HandleAsync(Batch(Alarming(1), Alarming(2), Alarming(3))));

        Assert.Equal(["web-1", "web-1", "web-3", "web-3"], _function.Publisher.Published.Select(m => m.Attributes["host"]));
        _function.Store.Before = _ => { };
        Assert.Empty(await _function.HandleAsync(Batch(2, [Alarming(2), Alarming(3)])));
        Assert.Equal(6, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Write_that_was_done_and_not_answered_is_found_when_it_is_done_again()
    {
        _function.Store.After = call => _ = call.StartsWith("write H#", StringComparison.Ordinal) ? throw FaultyStore.Throttled : 0;
        Assert.Equal(["1"], await _function.HandleAsync(Batch(Alarming())));
        Assert.Empty(_function.Publisher.Published);

        _function.Store.After = _ => { };
        Assert.Empty(await _function.HandleAsync(Batch(Alarming())));
        Assert.Equal(2, _function.Publisher.Published.Count);
    }

    [Fact]
    public async Task Quiet_host_is_written_once_a_minute()
    {
        await _function.HandleAsync(Batch(Harmless(1)));
        var writes = _function.Store.Writes;
        for (var second = 0; second < 59; second += 10)
        {
            await _function.HandleAsync(Batch(Harmless(1)));
            _function.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(writes, _function.Store.Writes);
        await _function.HandleAsync(Batch(Harmless(1)));
        Assert.Equal(writes + 1, _function.Store.Writes);
    }

    [Fact]
    public async Task Item_that_cannot_be_read_is_told_and_begins_anew()
    {
        await _function.HandleAsync(Batch(Alarming(1)));
        var key = ItemKey.OfHost($"i-{1:x17}");
        var item = Assert.Single(await _function.Memory.LoadAsync([key], default));
        await _function.Memory.TryWriteAsync(item with { Version = item.Version + 1, State = new byte[] { 1, 2, 3 }, Outbox = new byte[] { 9 } }, item.Version, default);
        _function.Restart();

        Assert.Empty(await _function.HandleAsync(Batch(Alarming(1))));

        Assert.Equal(2, _function.Log.Of("item-damaged").Count);
        Assert.Equal(4, _function.Publisher.Published.Count);
        Assert.Single(_function.Publisher.Published.Select(m => m.IncidentId).Distinct());
    }
}
