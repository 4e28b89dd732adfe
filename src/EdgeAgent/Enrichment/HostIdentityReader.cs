using System.Text.Json;
using EdgeAgent.Options;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Finds out once, at start, who this host is.</summary>
internal static class HostIdentityReader
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const string MachineIdFile = "/etc/machine-id";

    /// <summary>The host's identity. A metadata service that does not answer is reported and left out, never fatal.</summary>
    /// <param name="options">Given host id and metadata mode.</param>
    /// <param name="report">Receives what could not be found out.</param>
    /// <param name="cancellation">Ends the wait for the metadata service.</param>
    internal static async Task<HostIdentity> ReadAsync(AgentOptions options, Action<string> report, CancellationToken cancellation)
    {
        CloudIdentity? cloud = null;
        if (options.Metadata == MetadataMode.On || (options.Metadata == MetadataMode.Auto && InstanceMetadata.RunsOnEc2()))
        {
            try
            {
                using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
                cloud = await new InstanceMetadata(http).ReadAsync(InstanceMetadata.Endpoint, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException
                && !cancellation.IsCancellationRequested)
            {
                report($"EC2 identity is unknown: {InstanceMetadata.Endpoint} did not give it ({e.Message}); events carry no instance id");
            }
        }

        var bootId = Guid.Parse(await File.ReadAllTextAsync(BootIdFile, cancellation));
        var hostName = Environment.MachineName;
        var hostId = options.HostId ?? cloud?.InstanceId ?? MachineId() ?? hostName;
        return new HostIdentity(hostId, bootId, hostName, cloud);
    }

    private static string? MachineId() =>
        File.Exists(MachineIdFile) && File.ReadAllText(MachineIdFile).Trim() is { Length: > 0 } id ? id : null;
}
