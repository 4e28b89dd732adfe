namespace Support.Lambda;

/// <summary>
/// Records that were given up after the last retry; Lambda would send word of them to the on-failure destination.
/// </summary>
/// <param name="ShardId">The shard of the records.</param>
/// <param name="SequenceNumbers">The records, oldest first.</param>
/// <param name="LastResult">How the last attempt ended.</param>
public sealed record DiscardedBatch(string ShardId, IReadOnlyList<string> SequenceNumbers, LambdaResult LastResult);
