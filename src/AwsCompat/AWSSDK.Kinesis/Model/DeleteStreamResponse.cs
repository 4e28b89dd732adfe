using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is going away.</summary>
public class DeleteStreamResponse : AmazonWebServiceResponse;
