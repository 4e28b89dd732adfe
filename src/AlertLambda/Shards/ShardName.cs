using AlertLambda.Intake;

namespace AlertLambda.Shards;

/// <summary>A shard of a stream.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Id">For example <c>shardId-000000000006</c>.</param>
public sealed record ShardName(string Stream, string Id)
{
    /// <summary>The shard of a record that can be read again; null when the event did not say enough.</summary>
    public static ShardName? Of(StreamRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record is { Stream.Length: > 0, ShardId.Length: > 0, SequenceNumber: not null } ? new ShardName(record.Stream, record.ShardId) : null;
    }
}
