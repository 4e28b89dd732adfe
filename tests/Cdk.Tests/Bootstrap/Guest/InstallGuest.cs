using System.Globalization;
using System.Security.Cryptography;
using Cdk.Bootstrap;
using Cdk.Tests.Support;
using Support;
using Support.Servers;

namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>
/// Starts one Debian guest with systemd and plays the life of an installation in it (steps.sh): the published agent, the rendered script, the shipped
/// unit; the archives come from an S3 emulator, the credentials from an instance metadata service.
/// </summary>
public sealed class InstallGuest : IAsyncLifetime
{
    private const string Host = "127.0.0.1";
    private const string Bucket = "artefacts";

    private Dictionary<string, GuestStep> _steps = [];
    private string _output = "";

    /// <summary>What <c>make guest</c> made.</summary>
    internal static string Root => Repository.File("artifacts/guest/root");

    /// <summary>What <c>make publish</c> made.</summary>
    internal static string Archive => Repository.File("artifacts/publish/edge-agent.tar.gz");

    /// <summary>The same, not packed.</summary>
    internal static string PublishedAgent => Repository.File("artifacts/publish/edge-agent");

    /// <summary>The folder names of the versions, by the name of their script.</summary>
    internal Dictionary<string, string> Versions { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (GuestFactAttribute.Missing is not null)
        {
            return;
        }

        using var folder = new Cdk.Tests.Support.TemporaryFolder();
        using var metadata = new MetadataService();
        await using var cloud = new FauxqsServer();
        await cloud.StartAsync();
        await cloud.CreateBucketAsync(Bucket);
        folder.Write("guest/environment", $"AWS_ENDPOINT_URL_S3=http://{Host}:{cloud.Endpoint.Port}\nAWS_EC2_METADATA_SERVICE_ENDPOINT=http://{Host}:{metadata.Port}\n");
        File.Copy(Repository.File("tests/Cdk.Tests/Bootstrap/Guest/steps.sh"), Path.Combine(folder.Path, "guest", "steps.sh"));
        await OfferAsync(cloud, folder, "1", Archive);
        await OfferAsync(cloud, folder, "2", Another(folder, "2", agent: null));
        // It says its version, and ends at once when it is to watch.
        await OfferAsync(cloud, folder, "broken", Another(folder, "broken", "#!/bin/sh\n[ \"$1\" = --version ] || exit 3\n"));
        await OfferAsync(cloud, folder, "corrupted", Archive, sha256: new string('0', 64));

        _output = Run("eng/guest/boot.sh", Path.GetDirectoryName(Root)!, Path.Combine(folder.Path, "guest")).Output;
        _steps = GuestStep.Read(_output);
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>A step that ended.</summary>
    internal GuestStep Step(string name) =>
        _steps.TryGetValue(name, out var step) ? step : throw new Xunit.Sdk.XunitException($"the guest did not come to the end of '{name}':\n{_output}");

    private static (int ExitCode, string Output) Run(string script, params string[] arguments) =>
        CommandLine.Run("bash", [Repository.File(script), .. arguments]);

    /// <summary>An archive of the same files but for its version and, if it is given, the agent.</summary>
    private static string Another(Cdk.Tests.Support.TemporaryFolder folder, string name, string? agent)
    {
        var files = Path.Combine(folder.Path, $"files-{name}");
        var archive = Path.Combine(folder.Path, $"{name}.tar.gz");
        Must(CommandLine.Run("cp", ["-r", PublishedAgent, files]));
        File.WriteAllText(Path.Combine(files, "VERSION"), name + "\n");
        if (agent is not null)
        {
            File.WriteAllText(Path.Combine(files, "edge-agent"), agent);
        }

        Must(Run("eng/pack.sh", files, archive, "0"));
        return archive;
    }

    private static void Must((int ExitCode, string Output) run) =>
        Assert.True(run.ExitCode == 0, run.Output);

    private async Task OfferAsync(FauxqsServer cloud, Cdk.Tests.Support.TemporaryFolder folder, string name, string archive, string? sha256 = null)
    {
        var bytes = await File.ReadAllBytesAsync(archive);
        sha256 ??= Convert.ToHexStringLower(SHA256.HashData(bytes));
        Versions[name] = sha256[..16];
        var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{bytes.Length}.gz");
        using var content = new MemoryStream(bytes);
        await cloud.S3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { BucketName = Bucket, Key = key, InputStream = content, UseChunkEncoding = false });
        var script = AgentBootstrap.Render(new AgentBootstrapValues
        {
            ArtefactBucket = Bucket,
            ArtefactKey = key,
            Sha256 = sha256,
            Machine = "x86_64",
            Region = DummyAws.Region,
            UrlSuffix = "amazonaws.com",
            StreamName = "stream",
        });
        // A file instead of the stream, so that the guest itself sees what is reported.
        folder.Write($"guest/install-{name}.sh", script.Replace(
            "\"sinks\": [\"kinesis\"]", "\"sinks\": [\"jsonl\"], \"jsonl\": { \"path\": \"/var/lib/edge-agent/events.jsonl\" }", StringComparison.Ordinal));
    }
}
