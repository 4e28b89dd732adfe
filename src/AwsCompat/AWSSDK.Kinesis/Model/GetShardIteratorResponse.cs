using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A place in a shard.</summary>
public class GetShardIteratorResponse : AmazonWebServiceResponse
{
    /// <summary>The iterator; good for five minutes.</summary>
    public string? ShardIterator { get; set; }
}
