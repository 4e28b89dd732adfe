namespace AlertLambda.Findings;

/// <summary>A record of the stream.</summary>
/// <param name="Shard">The stream and its shard.</param>
/// <param name="Number">Its sequence number there; those of another shard say nothing of it.</param>
public sealed record StreamPlace(string Shard, string Number);
