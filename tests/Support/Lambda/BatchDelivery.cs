namespace Support.Lambda;

/// <summary>One invocation that an event source mapping made.</summary>
/// <param name="ShardId">The shard of the records.</param>
/// <param name="SequenceNumbers">The records, oldest first.</param>
/// <param name="Result">How the invocation ended.</param>
/// <param name="Done">How many records, from the first on, count as processed.</param>
public sealed record BatchDelivery(string ShardId, IReadOnlyList<string> SequenceNumbers, LambdaResult Result, int Done);
