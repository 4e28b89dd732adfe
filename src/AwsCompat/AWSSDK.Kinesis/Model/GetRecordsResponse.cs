using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>Records of a shard in order.</summary>
public class GetRecordsResponse : AmazonWebServiceResponse
{
    /// <summary>How far the last record read is behind the newest, in milliseconds; 0 at the end.</summary>
    public long? MillisBehindLatest { get; set; }

    /// <summary>Where to go on; <c>null</c> at the end of a closed shard.</summary>
    public string? NextShardIterator { get; set; }

    /// <summary>The records, oldest first; may be empty before the end.</summary>
    public List<Record>? Records { get; set; }
}
