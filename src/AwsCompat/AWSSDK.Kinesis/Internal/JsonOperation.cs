using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Internal;

/// <summary>Makes the options of an operation from how its request is written and how its answer is read.</summary>
internal static class JsonOperation
{
    /// <summary>An operation with an answer.</summary>
    public static InvokeOptions Create<TRequest, TResponse>(
        string name, Action<Utf8JsonWriter, TRequest> write, Action<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new()
        {
            RequestMarshaller = new JsonMarshaller<TRequest>(name, write),
            ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(read),
        };

    /// <summary>An operation whose answer has no body.</summary>
    public static InvokeOptions Create<TRequest, TResponse>(string name, Action<Utf8JsonWriter, TRequest> write)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new()
        {
            RequestMarshaller = new JsonMarshaller<TRequest>(name, write),
            ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(null),
        };
}
