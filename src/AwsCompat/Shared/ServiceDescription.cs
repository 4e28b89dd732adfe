using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace AwsCompat;

/// <summary>What one AWS service differs in from another, as far as signing and addressing go.</summary>
/// <param name="ServiceId">The id of the service in the SDK's models; also names AWS_ENDPOINT_URL_{id}.</param>
/// <param name="EndpointPrefix">The first label of its host names and its name in signatures.</param>
/// <param name="ApiVersion">The date of its API.</param>
/// <param name="PackageVersion">The official package this stands in for; goes into the user agent.</param>
internal sealed record ServiceDescription(string ServiceId, string EndpointPrefix, string ApiVersion, string PackageVersion)
    : IServiceMetadata
{
    /// <summary>The user agent of requests, in the SDK's form.</summary>
    public string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, PackageVersion);

    /// <summary>No operation goes by a name of its own.</summary>
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(0);
}
