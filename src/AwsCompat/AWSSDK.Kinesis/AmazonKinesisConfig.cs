using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using AwsCompat;

namespace Amazon.Kinesis;

/// <summary>
/// The settings of a Kinesis client; region, endpoint, retries and time-outs are those of <see cref="ClientConfig"/>.
/// </summary>
public class AmazonKinesisConfig : ClientConfig
{
    internal static readonly ServiceDescription Service = new("Kinesis", "kinesis", "2013-12-02", "4.0.8.3");

    /// <summary>The SDK's defaults; whatever is not set comes from the environment or the profile.</summary>
    public AmazonKinesisConfig()
        : base(SdkDefaults.Provider)
    {
        ServiceId = Service.ServiceId;
        AuthenticationServiceName = Service.EndpointPrefix;
        EndpointProvider = new RegionalEndpointProvider(Service);
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => Service.EndpointPrefix;

    /// <inheritdoc/>
    public override string ServiceVersion => Service.ApiVersion;

    /// <inheritdoc/>
    public override string UserAgent => Service.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, Service, parameters);
}
