using AlertLambda.Shards;
using Amazon.Kinesis.Model;
using Support.Servers;

namespace AlertLambda.Tests.Shards;

/// <summary>The stream as a log, against an emulator.</summary>
public sealed class KinesisShardLogTests(KinesaliteServer server) : IClassFixture<KinesaliteServer>
{
    private const string First = "shardId-000000000000";

    private KinesisShardLog Log => new(server.Client, TimeProvider.System);

    [EmulatorFact]
    public async Task Stretch_is_read_from_its_first_to_its_last_record_and_no_further()
    {
        var numbers = await StreamAsync("stretch", 7);

        var read = await Log.ReadAsync(new ShardName("stretch", First), numbers[2], numbers[4], default);

        Assert.Null(read.Fault);
        Assert.Equal(numbers[2..5], read.Records.Select(record => record.SequenceNumber));
        Assert.Equal(["stretch", "stretch", "stretch"], read.Records.Select(record => record.Stream));
        Assert.Equal([2, 3, 4], read.Records.Select(record => (int)record.Data.Span[0]));
        Assert.All(read.Records, record => Assert.Equal((First, "host", true), (record.ShardId, record.PartitionKey, record.ArrivedAt is not null)));
    }

    [EmulatorFact]
    public async Task Stretch_beyond_the_end_of_the_stream_is_not_whole()
    {
        var numbers = await StreamAsync("short", 3);

        var read = await Log.ReadAsync(new ShardName("short", First), numbers[1], "9" + numbers[2], default);

        Assert.Equal(2, read.Records.Count);
        Assert.Equal($"the stream has nothing after {numbers[2]}", read.Fault);
    }

    [EmulatorFact]
    public async Task Stream_or_shard_that_is_gone_and_numbers_of_another_stream_are_told_and_no_failure()
    {
        var numbers = await StreamAsync("gone", 1);

        Assert.Empty(await Log.ShardsAsync("never-was", default));
        Assert.StartsWith("ResourceNotFoundException", (await Log.ReadAsync(new ShardName("never-was", First), numbers[0], numbers[0], default)).Fault, StringComparison.Ordinal);
        Assert.StartsWith("ResourceNotFoundException", (await Log.ReadAsync(new ShardName("gone", "shardId-000000000009"), numbers[0], numbers[0], default)).Fault, StringComparison.Ordinal);
        Assert.StartsWith("InvalidArgumentException", (await Log.ReadAsync(new ShardName("gone", First), "1", "2", default)).Fault, StringComparison.Ordinal);
    }

    [EmulatorFact]
    public async Task All_shards_are_listed()
    {
        await server.CreateStreamAsync("many", 3);

        var shards = await Log.ShardsAsync("many", default);

        Assert.Equal([First, "shardId-000000000001", "shardId-000000000002"], shards.Select(shard => shard.Id).Order());
        Assert.All(shards, shard => Assert.Empty(shard.Parents));
    }

    private async Task<string[]> StreamAsync(string name, int records)
    {
        await server.CreateStreamAsync(name);
        var numbers = new List<string>();
        for (var i = 0; i < records; i++)
        {
            using var data = new MemoryStream([(byte)i]);
            numbers.Add((await server.Client.PutRecordAsync(new PutRecordRequest { StreamName = name, PartitionKey = "host", Data = data })).SequenceNumber!);
        }

        return [.. numbers];
    }
}
