namespace AlertLambda.Shards;

/// <summary>The stream did not give what it may still have: throttled, unreachable, not allowed.</summary>
/// <param name="message">For the log; may hold text from outside.</param>
/// <param name="inner">What happened.</param>
public sealed class ShardLogException(string message, Exception inner) : Exception(message, inner);
