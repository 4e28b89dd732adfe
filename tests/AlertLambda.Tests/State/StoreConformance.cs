using AlertLambda.Shards;
using AlertLambda.State;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.State;

/// <summary>What every store must do: the same cases for all of them.</summary>
public abstract class StoreConformance
{
    private static readonly byte[] Some = [1, 2, 3, 0, 255];

    private protected ManualTime Clock { get; } = new();

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private protected abstract ICorrelationStore Store { get; }

    [StoreFact]
    public async Task What_is_not_there_is_not_loaded()
    {
        await WriteAsync(Item("H#one"));

        var loaded = await Store.LoadAsync(["H#none", "H#one", "G#none"], default);

        Assert.Equal(["H#one"], loaded.Select(item => item.Key));
    }

    [StoreFact]
    public async Task Everything_of_an_item_comes_back()
    {
        var item = Item("H#one") with
        {
            Outbox = Some.Reverse().ToArray(), Watch = new byte[] { 7, 0, 7 }, OutboxSince = Now - 5, SeenAt = Now - 7, SilenceTold = Now - 9, SettledFor = Now - 11,
            Note = new HostNote("web\u202e-1\n", new CloudIdentity("123456789012", "eu-west-1", "eu-west-1b", "i-1", "t4g.small")),
        };
        await WriteAsync(item);

        AssertSame(item, await OnlyAsync("H#one"));
    }

    [StoreFact]
    public async Task Item_without_messages_and_facts_comes_back_without()
    {
        await WriteAsync(Item("G#rule"));

        AssertSame(Item("G#rule"), await OnlyAsync("G#rule"));
    }

    [StoreFact]
    public async Task Mark_of_a_shard_comes_back_and_no_sweep_sees_it()
    {
        var mark = new ShardMark { Owner = Guid.NewGuid(), Taken = "49", From = "48", SinceMs = 1, Heard = new Dictionary<uint, long> { [uint.MaxValue] = 0 } };
        var key = ItemKey.OfShard(new ShardName("stream", "shardId-000000000006"));
        await WriteAsync(Item(key, version: 7) with { State = mark.Encode() });

        Assert.False(await Store.TryWriteAsync(Item(key, version: 9), 8, default));
        var read = ShardMark.TryDecode((await OnlyAsync(key)).State)!;
        Assert.Equal((mark.Owner, "49", "48", uint.MaxValue), (read.Owner, read.Taken, read.From, Assert.Single(read.Heard).Key));
        Assert.Empty((await Store.ListAsync(new SweepQuery(long.MaxValue, long.MaxValue, long.MaxValue), null, default)).Items);
    }

    [StoreFact]
    public async Task Key_may_hold_what_an_attacker_likes()
    {
        foreach (var key in new[] { "H#../../etc/passwd", "H#\0", "H#" + new string('\u00e4', 128), "H#a/b\\c\n", "H#\ud83d\ude00" })
        {
            await WriteAsync(Item(key));

            AssertSame(Item(key), await OnlyAsync(key));
        }
    }

    [StoreFact]
    public async Task More_items_than_one_call_takes_are_loaded()
    {
        var keys = Enumerable.Range(0, 230).Select(i => $"H#i-{i}").ToList();
        foreach (var key in keys)
        {
            await WriteAsync(Item(key));
        }

        Assert.Equal(keys.Order(), (await Store.LoadAsync(keys, default)).Select(item => item.Key).Order());
        Assert.Empty(await Store.LoadAsync([], default));
    }

    [StoreFact]
    public async Task Large_items_are_loaded_together()
    {
        var large = new byte[300 * 1024];
        new Random(1).NextBytes(large);
        var keys = Enumerable.Range(0, 12).Select(i => $"H#i-{i}").ToList();
        foreach (var key in keys)
        {
            await WriteAsync(Item(key) with { State = large });
        }

        var loaded = await Store.LoadAsync(keys, default);
        Assert.Equal(12, loaded.Count);
        Assert.All(loaded, item => Assert.True(item.State.Span.SequenceEqual(large)));
    }

    [StoreFact]
    public async Task Only_one_of_two_first_writes_wins()
    {
        Assert.True(await Store.TryWriteAsync(Item("H#one"), null, default));
        Assert.False(await Store.TryWriteAsync(Item("H#one") with { State = new byte[] { 9 } }, null, default));

        AssertSame(Item("H#one"), await OnlyAsync("H#one"));
    }

    [StoreFact]
    public async Task Write_over_another_version_writes_nothing()
    {
        await WriteAsync(Item("H#one", version: 7));

        Assert.False(await Store.TryWriteAsync(Item("H#one", version: 7) with { State = new byte[] { 9 } }, 6, default));
        Assert.False(await Store.TryWriteAsync(Item("H#two", version: 7), 6, default));
        AssertSame(Item("H#one", version: 7), await OnlyAsync("H#one"));

        Assert.True(await Store.TryWriteAsync(Item("H#one", version: 8), 7, default));
        AssertSame(Item("H#one", version: 8), await OnlyAsync("H#one"));
    }

    [StoreFact]
    public async Task Whole_write_takes_away_what_it_does_not_hold()
    {
        await WriteAsync(Item("H#one") with { Outbox = Some, OutboxSince = 1, SilenceTold = 2, SeenAt = 3 });

        await Store.TryWriteAsync(Item("H#one", version: 2), 1, default);

        AssertSame(Item("H#one", version: 2), await OnlyAsync("H#one"));
    }

    [StoreFact]
    public async Task Of_many_writers_over_one_version_one_wins()
    {
        await WriteAsync(Item("H#one"));

        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.TryWriteAsync(Item("H#one", version: 2 + i), 1, default)));

        Assert.Single(won, true);
    }

    [StoreFact]
    public async Task Messages_are_updated_under_the_version_and_nothing_else_is()
    {
        var item = Item("H#one", version: 4) with { Outbox = Some, OutboxSince = 1, SeenAt = 3, Note = new HostNote("one", null) };
        await WriteAsync(item);

        Assert.False(await Store.TryUpdateAsync(new OutboxUpdate { Key = "H#one", Expected = 3, Outbox = default, OutboxSince = null }, default));
        Assert.False(await Store.TryUpdateAsync(new OutboxUpdate { Key = "H#two", Expected = 4, Outbox = default, OutboxSince = null }, default));
        AssertSame(item, await OnlyAsync("H#one"));

        Assert.True(await Store.TryUpdateAsync(new OutboxUpdate { Key = "H#one", Expected = 4, Outbox = new byte[] { 8 }, OutboxSince = 2, SilenceTold = 3 }, default));
        AssertSame(item with { Version = 5, Outbox = new byte[] { 8 }, OutboxSince = 2, SilenceTold = 3 }, await OnlyAsync("H#one"));

        Assert.True(await Store.TryUpdateAsync(new OutboxUpdate { Key = "H#one", Expected = 5, Outbox = default, OutboxSince = null }, default));
        AssertSame(item with { Version = 6, Outbox = default, OutboxSince = null, SilenceTold = 3 }, await OnlyAsync("H#one"));
    }

    [StoreFact]
    public async Task Expired_item_reads_as_empty_keeps_its_version_and_may_be_written_over()
    {
        await WriteAsync(Item("H#one", version: 4) with { Outbox = Some, OutboxSince = 1, SeenAt = 3, ExpiresAt = (Now / 1000) + 10 });
        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(Some, (await OnlyAsync("H#one")).State.ToArray());
        Assert.False(await Store.TryWriteAsync(Item("H#one", version: 9), null, default));

        Clock.Advance(TimeSpan.FromSeconds(1));

        var empty = await OnlyAsync("H#one");
        Assert.Equal((4, true, true, null, null), (empty.Version, empty.State.IsEmpty, empty.Outbox.IsEmpty, empty.OutboxSince, empty.SeenAt));
        Assert.Empty(await ListAsync(new SweepQuery(100, 100, 100)));
        Assert.True(await Store.TryWriteAsync(Item("H#one", version: 5), null, default));
        Assert.True(await Store.TryWriteAsync(Item("H#one", version: 6), 5, default));
    }

    [StoreFact]
    public async Task Listing_gives_what_waits_for_too_long_and_who_is_silent_without_contents()
    {
        await WriteAsync(Item("H#fresh") with { Outbox = Some, OutboxSince = 100, SeenAt = 200 });
        await WriteAsync(Item("H#stale") with { Outbox = Some, OutboxSince = 99, SeenAt = 200 });
        await WriteAsync(Item("G#stale") with { Outbox = Some, OutboxSince = 5 });
        await WriteAsync(Item("H#silent") with { SeenAt = 199, Note = new HostNote("quiet", null) });
        await WriteAsync(Item("H#told") with { SeenAt = 199, SilenceTold = 199 });
        await WriteAsync(Item("H#silent-again") with { SeenAt = 199, SilenceTold = 150 });
        await WriteAsync(Item("H#long-silent") with { SeenAt = 49, SilenceTold = 49 });
        await WriteAsync(Item("H#settled") with { SeenAt = 49, SilenceTold = 49, SettledFor = 49 });
        await WriteAsync(Item("G#calm"));

        var listed = await ListAsync(new SweepQuery(OutboxBefore: 100, SeenBefore: 200, SettleBefore: 50));

        Assert.Equal(["G#stale", "H#long-silent", "H#silent", "H#silent-again", "H#stale"], listed.Select(item => item.Key).Order(StringComparer.Ordinal));
        Assert.All(listed, item => Assert.True(item.State.IsEmpty && item.Outbox.IsEmpty));
        Assert.Equal(("quiet", 199L), listed.Where(item => item.Key == "H#silent").Select(item => (item.Note!.HostName, item.SeenAt!.Value)).Single());
    }

    [StoreFact]
    public async Task Listing_of_many_items_gives_each_once()
    {
        var large = new byte[3_000];
        for (var i = 0; i < 2_100; i++)
        {
            await WriteAsync(Item($"H#i-{i}") with { SeenAt = 1, State = large });
        }

        var listed = await ListAsync(new SweepQuery(0, 2, 0));

        Assert.Equal(2_100, listed.Select(item => item.Key).Distinct().Count());
        Assert.Equal(2_100, listed.Count);
    }

    private protected StoredItem Item(string key, long version = 1) =>
        new() { Key = key, Version = version, ExpiresAt = (Now / 1000) + 1000, State = Some };

    private async Task WriteAsync(StoredItem item) => Assert.True(await Store.TryWriteAsync(item, null, default));

    private async Task<StoredItem> OnlyAsync(string key) => Assert.Single(await Store.LoadAsync([key], default));

    private async Task<List<StoredItem>> ListAsync(SweepQuery query)
    {
        var listed = new List<StoredItem>();
        string? after = null;
        do
        {
            var page = await Store.ListAsync(query, after, default);
            listed.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return listed;
    }

    private static void AssertSame(StoredItem expected, StoredItem actual)
    {
        Assert.Equal(expected.State.ToArray(), actual.State.ToArray());
        Assert.Equal(expected.Outbox.ToArray(), actual.Outbox.ToArray());
        Assert.Equal(expected.Watch.ToArray(), actual.Watch.ToArray());
        Assert.Equal(
            expected with { State = default, Outbox = default, Watch = default }, actual with { State = default, Outbox = default, Watch = default });
    }
}
