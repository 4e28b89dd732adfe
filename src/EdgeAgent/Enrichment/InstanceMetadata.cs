using System.Net.Http.Headers;
using System.Text.Json;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Reads the EC2 identity document by IMDSv2 (session token first; version 1 is never tried).</summary>
/// <remarks>Protocol: EC2 user guide, "Use the Instance Metadata Service".</remarks>
internal sealed class InstanceMetadata(HttpClient http)
{
    private const string DefaultEndpoint = "http://169.254.169.254";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The address of the service: the SDK's own variable, else the link-local address.</summary>
    internal static string Endpoint =>
        Environment.GetEnvironmentVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } set ? set : DefaultEndpoint;

    /// <summary>True when the firmware says that this machine is an EC2 instance, so that others are not asked in vain.</summary>
    internal static bool RunsOnEc2()
    {
        const string Vendor = "/sys/devices/virtual/dmi/id/sys_vendor";
        const string HypervisorUuid = "/sys/hypervisor/uuid";
        return (File.Exists(Vendor) && File.ReadAllText(Vendor).StartsWith("Amazon EC2", StringComparison.Ordinal))
            || (File.Exists(HypervisorUuid) && File.ReadAllText(HypervisorUuid).StartsWith("ec2", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The identity of this instance.</summary>
    /// <exception cref="HttpRequestException">The service refused or could not be reached.</exception>
    /// <exception cref="JsonException">The answer is not an identity document.</exception>
    /// <exception cref="OperationCanceledException">No answer within 2 s.</exception>
    internal async Task<CloudIdentity> ReadAsync(string address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new HttpRequestException("not an http address");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);

        using var tokenRequest = new HttpRequestMessage(HttpMethod.Put, new Uri(endpoint, "/latest/api/token"));
        tokenRequest.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "60");
        using var tokenResponse = await http.SendAsync(tokenRequest, patience.Token);
        tokenResponse.EnsureSuccessStatusCode();
        var token = await tokenResponse.Content.ReadAsStringAsync(patience.Token);

        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(endpoint, "/latest/dynamic/instance-identity/document"));
        if (!request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", token))
        {
            throw new HttpRequestException("the session token is not one");
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await http.SendAsync(request, patience.Token);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
        return Parse(document.RootElement);
    }

    private static CloudIdentity Parse(JsonElement document)
    {
        return new CloudIdentity(
            Text("accountId"), Text("region"), Text("availabilityZone"), Text("instanceId"), Text("instanceType"));

        string Text(string name) => document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
                ? text
                : throw new JsonException($"the identity document has no {name}");
    }
}
