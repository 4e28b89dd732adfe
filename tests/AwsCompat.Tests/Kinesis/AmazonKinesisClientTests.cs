using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Support.Servers;

namespace AwsCompat.Tests.Kinesis;

public sealed class AmazonKinesisClientTests(KinesaliteServer server) : IClassFixture<KinesaliteServer>
{
    [EmulatorFact]
    public async Task Records_put_one_after_the_other_come_back_in_order_with_their_bytes()
    {
        await server.CreateStreamAsync("ordered");
        var written = new List<byte[]> { new byte[] { 0, 255, 128 }, "two"u8.ToArray(), new byte[100_000] };
        string? last = null;
        foreach (var data in written)
        {
            var response = await server.Client.PutRecordAsync(new PutRecordRequest
            {
                StreamName = "ordered",
                PartitionKey = "host-1",
                Data = new MemoryStream(data),
                SequenceNumberForOrdering = last,
            });
            Assert.Equal("shardId-000000000000", response.ShardId);
            last = response.SequenceNumber;
        }

        var read = await ReadAsync("ordered", "shardId-000000000000", ShardIteratorType.TRIM_HORIZON);

        Assert.Equal(written, read.Records!.ConvertAll(record => record.Data!.ToArray()));
        Assert.All(read.Records, record => Assert.Equal("host-1", record.PartitionKey));
        Assert.Equal(last, read.Records[^1].SequenceNumber);
        Assert.Equal(DateTimeKind.Utc, read.Records[0].ApproximateArrivalTimestamp!.Value.Kind);
        Assert.InRange(read.Records[0].ApproximateArrivalTimestamp!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.Equal(0, read.MillisBehindLatest);
        Assert.NotNull(read.NextShardIterator);
    }

    [EmulatorFact]
    public async Task Iterator_after_a_sequence_number_begins_behind_that_record()
    {
        await server.CreateStreamAsync("resumed");
        var first = await PutAsync("resumed", "one");
        await PutAsync("resumed", "two");

        var read = await ReadAsync("resumed", first.ShardId!, ShardIteratorType.AFTER_SEQUENCE_NUMBER, first.SequenceNumber);

        Assert.Equal(["two"], read.Records!.ConvertAll(record => Encoding.UTF8.GetString(record.Data!.ToArray())));
    }

    [EmulatorFact]
    public async Task Explicit_hash_key_chooses_the_shard()
    {
        await server.CreateStreamAsync("sharded", shards: 2);
        var shards = (await server.Client.ListShardsAsync(new ListShardsRequest { StreamName = "sharded" })).Shards!;
        Assert.Equal(2, shards.Count);

        foreach (var shard in shards)
        {
            var response = await server.Client.PutRecordAsync(new PutRecordRequest
            {
                StreamName = "sharded",
                PartitionKey = "the same key",
                ExplicitHashKey = shard.HashKeyRange!.EndingHashKey,
                Data = new MemoryStream([1]),
            });
            Assert.Equal(shard.ShardId, response.ShardId);
        }
    }

    [EmulatorFact]
    public async Task Summary_describes_the_stream()
    {
        var arn = await server.CreateStreamAsync("described", shards: 3);

        var summary = (await server.Client.DescribeStreamSummaryAsync(
            new DescribeStreamSummaryRequest { StreamName = "described" })).StreamDescriptionSummary!;

        Assert.Equal("arn:aws:kinesis:us-east-1:000000000000:stream/described", arn);
        Assert.Equal(arn, summary.StreamARN);
        Assert.Equal(StreamStatus.ACTIVE, summary.StreamStatus);
        Assert.Equal(3, summary.OpenShardCount);
        Assert.Equal(24, summary.RetentionPeriodHours);
        Assert.Equal(EncryptionType.NONE, summary.EncryptionType);
    }

    [EmulatorFact]
    public async Task Deleted_stream_is_gone()
    {
        await server.CreateStreamAsync("deleted");
        await server.Client.DeleteStreamAsync(new DeleteStreamRequest { StreamName = "deleted" });

        await Assert.ThrowsAsync<ResourceNotFoundException>(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await server.Client.DescribeStreamSummaryAsync(new DescribeStreamSummaryRequest { StreamName = "deleted" });
                await Task.Delay(10);
            }
        });
    }

    [EmulatorFact]
    public async Task Service_errors_have_their_types_codes_and_request_ids()
    {
        await server.CreateStreamAsync("taken");

        var notFound = await Assert.ThrowsAsync<ResourceNotFoundException>(() => PutAsync("no-such-stream", "x"));
        Assert.Equal("ResourceNotFoundException", notFound.ErrorCode);
        Assert.NotEmpty(notFound.RequestId);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, notFound.StatusCode);

        await Assert.ThrowsAsync<ResourceInUseException>(
            () => server.Client.CreateStreamAsync(new CreateStreamRequest { StreamName = "taken", ShardCount = 1 }));
        await Assert.ThrowsAsync<LimitExceededException>(
            () => server.Client.CreateStreamAsync(new CreateStreamRequest { StreamName = "huge", ShardCount = 10_000 }));
        await Assert.ThrowsAsync<InvalidArgumentException>(
            () => server.Client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "bm8gaXRlcmF0b3I=" }));
        var unmodelled = await Assert.ThrowsAsync<AmazonKinesisException>(() => PutAsync("", "x"));
        Assert.Equal("ValidationException", unmodelled.ErrorCode);
    }

    private Task<PutRecordResponse> PutAsync(string stream, string text) => server.Client.PutRecordAsync(
        new PutRecordRequest { StreamName = stream, PartitionKey = "host-1", Data = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    private async Task<GetRecordsResponse> ReadAsync(string stream, string shard, ShardIteratorType type, string? after = null)
    {
        var place = await server.Client.GetShardIteratorAsync(new GetShardIteratorRequest
        {
            StreamName = stream,
            ShardId = shard,
            ShardIteratorType = type,
            StartingSequenceNumber = after,
        });
        return await server.Client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = place.ShardIterator });
    }
}
