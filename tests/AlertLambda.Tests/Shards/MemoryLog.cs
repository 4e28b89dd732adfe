using System.Globalization;
using AlertLambda.Intake;
using AlertLambda.Shards;

namespace AlertLambda.Tests.Shards;

/// <summary>A stream in memory that forgets what the test says.</summary>
internal sealed class MemoryLog : IShardLog
{
    public const string Name = "stream";

    private readonly List<StreamRecord> _records = [];
    private readonly List<LogShard> _shards = [];

    /// <summary>Called at each call; may throw.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>Puts a record.</summary>
    public StreamRecord Put(string shard, string host, byte[] data, DateTimeOffset now)
    {
        if (_shards.TrueForAll(known => known.Id != shard))
        {
            _shards.Add(new LogShard(shard, []));
        }

        var number = (_records.Count + 1).ToString(CultureInfo.InvariantCulture);
        _records.Add(new StreamRecord(shard, number, host, data) { Stream = Name, ArrivedAt = now });
        return _records[^1];
    }

    /// <summary>A shard that goes on from another.</summary>
    public void Divide(string parent, string child) => _shards.Add(new LogShard(child, [parent]));

    /// <summary>A shard that goes on from two others.</summary>
    public void Merge(string one, string other, string child) => _shards.Add(new LogShard(child, [one, other]));

    /// <summary>The stream forgets the oldest.</summary>
    public void Forget(int count) => _records.RemoveRange(0, count);

    public Task<LogRead> ReadAsync(ShardName shard, string first, string last, CancellationToken cancellationToken)
    {
        Before();
        List<StreamRecord> records =
        [
            .. _records.Where(record => record.ShardId == shard.Id
                && SequenceNumber.Compare(record.SequenceNumber!, first) >= 0 && SequenceNumber.Compare(record.SequenceNumber!, last) <= 0),
        ];
        return Task.FromResult(new LogRead(records, records.Count > 0 && records[0].SequenceNumber == first ? null : "forgotten"));
    }

    public Task<IReadOnlyList<LogShard>> ShardsAsync(string stream, CancellationToken cancellationToken)
    {
        Before();
        return Task.FromResult<IReadOnlyList<LogShard>>(_shards);
    }
}
