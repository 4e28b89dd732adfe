using Amazon.Runtime.Internal;

namespace AwsCompat;

/// <summary>
/// How these clients differ from the runtime's default pipeline; all else (retries, signing, HTTP, metrics) is the SDK's own.
/// </summary>
internal static class RequestPipeline
{
    /// <summary>Puts the endpoint and signature rules where generated clients have theirs.</summary>
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthHandler());
    }
}
