namespace Amazon.Kinesis.Model;

/// <summary>One shard of a stream: an ordered part of its records.</summary>
public class Shard
{
    /// <summary>Its id, unique in the stream.</summary>
    public string? ShardId { get; set; }

    /// <summary>The shard it came from by a split or a merge; its records are older.</summary>
    public string? ParentShardId { get; set; }

    /// <summary>The other parent after a merge.</summary>
    public string? AdjacentParentShardId { get; set; }

    /// <summary>The hash keys that go to this shard.</summary>
    public HashKeyRange? HashKeyRange { get; set; }

    /// <summary>The sequence numbers it may hold.</summary>
    public SequenceNumberRange? SequenceNumberRange { get; set; }
}
