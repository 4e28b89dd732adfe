namespace AlertLambda.Intake;

/// <summary>One record of the stream, as it came.</summary>
/// <param name="ShardId">For example <c>shardId-000000000006</c>; empty when the event did not say.</param>
/// <param name="SequenceNumber">Decimal number, growing within the shard; null when the event did not say.</param>
/// <param name="PartitionKey">The sender's key: the host id. From outside: escape before it is shown.</param>
/// <param name="Data">The bytes, which nobody changes.</param>
public sealed record StreamRecord(string ShardId, string? SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data)
{
    /// <summary>Name of the stream; null when the event did not say.</summary>
    public string? Stream { get; init; }

    /// <summary>When the stream got it, by its own clock; null when the event did not say.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
}
