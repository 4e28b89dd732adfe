using AlertLambda.State;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Support.Servers;

namespace AlertLambda.Tests.State;

public sealed class DynamoStoreTests(DynaliteServer server) : StoreConformance, IClassFixture<DynaliteServer>, IAsyncLifetime
{
    private DynamoStore? _store;

    private protected override ICorrelationStore Store => _store!;

    public async Task InitializeAsync()
    {
        if (Emulators.MissingReason is null)
        {
            _store = new DynamoStore(server.Client, await server.CreateTableAsync("pk"), Clock);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [EmulatorFact]
    public async Task Table_that_is_not_there_is_for_a_person()
    {
        var store = new DynamoStore(server.Client, "no-such-table", Clock);

        var e = await Assert.ThrowsAsync<StoreException>(() => store.TryWriteAsync(Item("H#one"), null, default));

        Assert.False(e.IsTransient);
        Assert.StartsWith("ResourceNotFoundException", e.Message, StringComparison.Ordinal);
    }

    [EmulatorFact]
    public async Task Item_that_is_too_large_is_refused_for_good()
    {
        var e = await Assert.ThrowsAsync<StoreException>(() => Store.TryWriteAsync(Item("H#one") with { State = new byte[410 * 1024] }, null, default));

        Assert.False(e.IsTransient);
    }

    [Theory]
    [InlineData(400, "ProvisionedThroughputExceededException", true)]
    [InlineData(400, "ThrottlingException", true)]
    [InlineData(400, "RequestLimitExceeded", true)]
    [InlineData(500, "InternalServerError", true)]
    [InlineData(503, "ServiceUnavailable", true)]
    [InlineData(400, "ValidationException", false)]
    [InlineData(400, "AccessDeniedException", false)]
    [InlineData(400, "ResourceNotFoundException", false)]
    public async Task Refusal_is_told_by_whether_it_passes(int status, string code, bool transient)
    {
        using var service = new StubDynamo(status, code);
        var store = new DynamoStore(service.Client, "table", Clock);

        var load = await Assert.ThrowsAsync<StoreException>(() => store.LoadAsync(["H#one"], default));
        var write = await Assert.ThrowsAsync<StoreException>(() => store.TryWriteAsync(Item("H#one"), 1, default));
        var list = await Assert.ThrowsAsync<StoreException>(() => store.ListAsync(new SweepQuery(1, 1, 1), null, default));

        Assert.All([load, write, list], e => Assert.Equal(transient, e.IsTransient));
        Assert.All([load, write, list], e => Assert.StartsWith(code, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lost_race_is_no_error()
    {
        using var service = new StubDynamo(400, "ConditionalCheckFailedException");
        var store = new DynamoStore(service.Client, "table", Clock);

        Assert.False(await store.TryWriteAsync(Item("H#one"), 1, default));
        Assert.False(await store.TryUpdateAsync(new OutboxUpdate { Key = "H#one", Expected = 1, Outbox = default, OutboxSince = null }, default));
    }

    [Fact]
    public async Task Service_that_cannot_be_reached_is_there_again_some_time()
    {
        using var client = new AmazonDynamoDBClient(
            DummyAws.Credentials, new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9/", AuthenticationRegion = DummyAws.Region, MaxErrorRetry = 0 });

        var e = await Assert.ThrowsAsync<StoreException>(() => new DynamoStore(client, "table", Clock).LoadAsync(["H#one"], default));

        Assert.True(e.IsTransient);
    }
}
