using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Options;
using Support;
using Support.Servers;
using Wire.Codec;
using KinesisRecord = Amazon.Kinesis.Model.Record;

namespace EdgeAgent.Tests.Delivery;

public sealed class KinesisSinkTests(KinesaliteServer kinesis) : IClassFixture<KinesaliteServer>
{
    static KinesisSinkTests()
    {
        foreach (var (name, value) in DummyAws.ProcessEnvironment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [EmulatorFact]
    public async Task Batches_arrive_in_order_as_whole_frames_under_the_host_id()
    {
        await kinesis.CreateStreamAsync("ordered", shards: 2);
        using var sink = Sink("ordered");
        for (ulong n = 1; n <= 20; n++)
        {
            Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(n), CancellationToken.None));
        }

        var records = await ReadAll("ordered");
        Assert.Equal(20, records.Count);
        Assert.All(records, r => Assert.Equal(Some.Host().HostId, r.PartitionKey));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (ulong)n), records.Select(r =>
        {
            Assert.True(FrameDecoder.TryDecode(r.Data!.ToArray(), out var frame, out _));
            return frame.Range.First;
        }));
    }

    [EmulatorFact]
    public async Task Missing_stream_is_waited_for_and_used_when_it_appears()
    {
        using var sink = Sink("later");
        var missing = await sink.ShipAsync(Batch(1), CancellationToken.None);
        Assert.Equal(
            ShipOutcome.Retry("the stream does not exist in this region and account: check kinesis.streamName and kinesis.region", "stream"), missing);
        await kinesis.CreateStreamAsync("later");
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(1), CancellationToken.None));
        Assert.Single(await ReadAll("later"));
    }

    [EmulatorFact]
    public async Task Stream_that_was_made_anew_is_used_although_it_does_not_know_the_previous_number()
    {
        await kinesis.CreateStreamAsync("renewed");
        using var sink = Sink("renewed");
        await sink.ShipAsync(Batch(1), CancellationToken.None);
        await kinesis.Client.DeleteStreamAsync(new DeleteStreamRequest { StreamName = "renewed" });
        var outcome = await sink.ShipAsync(Batch(2), CancellationToken.None);
        for (var i = 0; i < 200 && outcome.Reason.StartsWith("the stream does not exist", StringComparison.Ordinal) == false; i++)
        {
            outcome = await sink.ShipAsync(Batch(2), CancellationToken.None);
        }

        Assert.Equal(ShipResult.Retry, outcome.Result);
        await kinesis.CreateStreamAsync("renewed");
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(2), CancellationToken.None));
    }

    [EmulatorFact]
    public async Task Server_that_is_not_there_is_a_reason_to_try_again()
    {
        using var sink = new KinesisSink(new AgentOptions
        {
            KinesisStream = "any", KinesisRegion = DummyAws.Region, KinesisEndpoint = new Uri("http://127.0.0.1:1/"),
        });
        var outcome = await sink.ShipAsync(Batch(1), CancellationToken.None);
        Assert.Equal((ShipResult.Retry, "connection"), (outcome.Result, outcome.State));
    }

    private KinesisSink Sink(string stream) => new(new AgentOptions
    {
        KinesisStream = stream, KinesisRegion = DummyAws.Region, KinesisEndpoint = kinesis.Endpoint,
    });

    private static Batch Batch(ulong number) => new FramePacker().Pack(Some.Frame([Some.Connect(sequence: number)])).Single();

    private async Task<List<KinesisRecord>> ReadAll(string stream)
    {
        var all = new List<KinesisRecord>();
        var shards = await kinesis.Client.ListShardsAsync(new ListShardsRequest { StreamName = stream });
        foreach (var shard in shards.Shards!)
        {
            var iterator = await kinesis.Client.GetShardIteratorAsync(new GetShardIteratorRequest
            {
                StreamName = stream, ShardId = shard.ShardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON,
            });
            var records = await kinesis.Client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator.ShardIterator, Limit = 1000 });
            all.AddRange(records.Records!);
        }

        return all;
    }
}
