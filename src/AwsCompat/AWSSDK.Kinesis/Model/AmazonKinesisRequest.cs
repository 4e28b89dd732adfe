using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The base of every request to Kinesis.</summary>
public class AmazonKinesisRequest : AmazonWebServiceRequest;
