using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The state of a stream.</summary>
public class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    /// <summary>The description.</summary>
    public StreamDescriptionSummary? StreamDescriptionSummary { get; set; }
}
