using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>A page of shards.</summary>
public class ListShardsResponse : AmazonWebServiceResponse
{
    /// <summary>Where this page ended; <c>null</c> on the last.</summary>
    public string? NextToken { get; set; }

    /// <summary>The shards.</summary>
    public List<Shard>? Shards { get; set; }
}
