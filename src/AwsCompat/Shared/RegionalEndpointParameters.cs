using Amazon.Runtime.Endpoints;

namespace AwsCompat;

/// <summary>What chooses an endpoint: Region, UseFIPS, UseDualStack and a custom Endpoint.</summary>
internal sealed class RegionalEndpointParameters : EndpointParameters;
