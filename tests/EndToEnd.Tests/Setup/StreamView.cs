using System.Diagnostics;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Wire.Codec;
using Wire.Model;

namespace EndToEnd.Tests.Setup;

/// <summary>A look into a stream beside the function's own reading.</summary>
/// <param name="kinesis">The client to read with.</param>
/// <param name="stream">The stream.</param>
internal sealed class StreamView(IAmazonKinesis kinesis, string stream)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Puts a record.</summary>
    /// <returns>Where it is.</returns>
    public async Task<(string ShardId, string SequenceNumber)> PutAsync(byte[] bytes, string partitionKey)
    {
        using var data = new MemoryStream(bytes);
        var response = await kinesis.PutRecordAsync(
            new PutRecordRequest { StreamName = stream, PartitionKey = partitionKey, Data = data });
        return (response.ShardId!, response.SequenceNumber!);
    }

    /// <summary>All records, shard by shard, oldest first.</summary>
    public async Task<IReadOnlyList<StreamRecord>> ReadAsync()
    {
        var records = new List<StreamRecord>();
        var shards = await kinesis.ListShardsAsync(new ListShardsRequest { StreamName = stream });
        foreach (var shard in shards.Shards ?? [])
        {
            await ReadShardAsync(shard.ShardId!, records);
        }

        return records;
    }

    /// <summary>All frames, shard by shard, oldest first.</summary>
    public async Task<IReadOnlyList<Frame>> ReadFramesAsync() =>
        [.. (await ReadAsync()).Select(record => record.Frame).OfType<Frame>()];

    /// <summary>Waits for a record that holds such an event, and returns the first.</summary>
    public async Task<StreamRecord> WaitForEventAsync(Func<HostEvent, bool> isIt)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Longest; await Task.Delay(Pause))
        {
            if ((await ReadAsync()).FirstOrDefault(record => record.Frame?.Events.Any(isIt) == true) is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException($"The stream {stream} did not get the event within {Longest}.");
    }

    /// <summary>Waits for the record that tells of the last thing that a run of sudo does: cat opens the file.</summary>
    public Task<StreamRecord> WaitForAsync(SudoRun run) => WaitForEventAsync(
        e => e is FileOpenEvent { Path: "/etc/shadow", Process.Comm: "cat" }
            && e.Process.Lineage().Any(node => node.Key.Pid == run.Pid));

    private async Task ReadShardAsync(string shardId, List<StreamRecord> records)
    {
        var place = await kinesis.GetShardIteratorAsync(
            new GetShardIteratorRequest
            {
                StreamName = stream, ShardId = shardId, ShardIteratorType = ShardIteratorType.TRIM_HORIZON,
            });
        var iterator = place.ShardIterator;
        while (iterator is not null)
        {
            var response = await kinesis.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator });
            foreach (var record in response.Records ?? [])
            {
                var bytes = record.Data!.ToArray();
                records.Add(new StreamRecord(
                    record.SequenceNumber!, bytes, FrameDecoder.TryDecode(bytes, out var frame, out _) ? frame : null));
            }

            // A full answer is followed by more, whatever the emulator says of the time behind.
            iterator = response.MillisBehindLatest is > 0 || response.Records is { Count: > 0 } ? response.NextShardIterator : null;
        }
    }
}
