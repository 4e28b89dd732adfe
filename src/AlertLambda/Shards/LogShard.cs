namespace AlertLambda.Shards;

/// <summary>A shard that the stream still knows.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parents">Ids of the shards that it goes on from: one after a split, two after a merger.</param>
public sealed record LogShard(string Id, IReadOnlyList<string> Parents);
