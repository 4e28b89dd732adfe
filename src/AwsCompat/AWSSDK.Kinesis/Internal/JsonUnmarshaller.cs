using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Kinesis.Internal;

/// <summary>Reads the answer to an AWS JSON 1.1 call, or its error by the code in <c>__type</c>.</summary>
/// <param name="read">Fills the response from the body; <c>null</c> if the operation answers without one.</param>
internal sealed class JsonUnmarshaller<T>(Action<JsonElement, T>? read) : JsonResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    private const int DefaultReaderBuffer = 4096;

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new T();
        if (read is not null)
        {
            using var document = JsonDocument.Parse(input.Stream);
            read(document.RootElement, response);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(
            input.Stream, AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? DefaultReaderBuffer, input.JsonMaxDepth);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return KinesisErrors.Create(error, innerException, statusCode);
    }
}
