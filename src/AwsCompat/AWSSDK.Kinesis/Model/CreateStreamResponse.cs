using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being made.</summary>
public class CreateStreamResponse : AmazonWebServiceResponse;
