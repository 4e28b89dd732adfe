using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace AwsCompat;

/// <summary>
/// The endpoint rules of a service with one host per region: partition suffixes, FIPS and dual stack. No account endpoints.
/// </summary>
internal sealed class RegionalEndpointProvider(ServiceDescription service) : IEndpointProvider
{
    /// <exception cref="AmazonClientException">
    /// No region is configured, or the partition does not offer what is asked for.
    /// </exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } custom)
        {
            return fips || dualStack
                ? throw new AmazonClientException($"{service.ServiceId}: a custom endpoint cannot be combined with FIPS or dual stack.")
                : new Endpoint(custom);
        }

        if (parameters["Region"] is not string { Length: > 0 } region || Fn.Partition(region) is not { } partition)
        {
            throw new AmazonClientException($"{service.ServiceId}: no region is configured. Set RegionEndpoint or AWS_REGION.");
        }

        Require(fips, partition["supportsFIPS"], "FIPS", region);
        Require(dualStack, partition["supportsDualStack"], "dual stack", region);
        // GovCloud serves FIPS on the plain host name.
        var plainHost = !fips || (Equals(partition["name"], "aws-us-gov") && !dualStack);
        var host = plainHost ? service.EndpointPrefix : service.EndpointPrefix + "-fips";
        return new Endpoint($"https://{host}.{region}.{partition[dualStack ? "dualStackDnsSuffix" : "dnsSuffix"]}");
    }

    private void Require(bool wanted, object offered, string what, string region)
    {
        if (wanted && !Equals(offered, true))
        {
            throw new AmazonClientException($"{service.ServiceId}: the partition of {region} does not offer {what}.");
        }
    }
}
