using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using AwsCompat;

namespace Amazon.SimpleNotificationService;

/// <summary>
/// The settings of an SNS client; region, endpoint, retries and time-outs are those of <see cref="ClientConfig"/>.
/// </summary>
public class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    internal static readonly ServiceDescription Service = new("SNS", "sns", "2010-03-31", "4.0.2.8");

    /// <summary>The SDK's defaults; whatever is not set comes from the environment or the profile.</summary>
    public AmazonSimpleNotificationServiceConfig()
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
