using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Kinesis.Internal;

/// <summary>Turns a request into an AWS JSON 1.1 call: the operation in a header, one object as the body.</summary>
internal sealed class JsonMarshaller<T>(string operation, Action<Utf8JsonWriter, T> write)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where T : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        // The pipeline owns the request and with it the pooled buffer.
        var content = new PooledContentStream();
        var request = new DefaultRequest(input, "Amazon.Kinesis") { HttpMethod = "POST", ResourcePath = "/", ContentStream = content };
        request.Headers["X-Amz-Target"] = "Kinesis_20131202." + operation;
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["x-amz-api-version"] = AmazonKinesisConfig.Service.ApiVersion;
        using var writer = new Utf8JsonWriter(content.BufferWriter);
        writer.WriteStartObject();
        write(writer, (T)input);
        writer.WriteEndObject();
        writer.Flush();
        return request;
    }
}
