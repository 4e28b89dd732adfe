using System.Formats.Tar;
using System.IO.Compression;
using Cdk.Context;
using Cdk.Tests.Support;

namespace Cdk.Tests.Context;

/// <summary>An archive that no host of the stack could run stops at synthesis.</summary>
public sealed class AgentBinaryTests : IDisposable
{
    private const byte X64 = 62;
    private const byte Arm64 = 183;

    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(X64, "arm64", "was built for x64, the hosts are arm64")]
    [InlineData(Arm64, "x64", "was built for arm64, the hosts are x64")]
    public void Agent_for_another_processor_than_the_hosts_is_refused(byte machine, string hosts, string problem)
    {
        var fault = Assert.Single(Assert.Throws<InvalidContextException>(() => Read(machine, hosts)).Faults);

        Assert.Equal(ContextKeys.AgentPath, fault.Key);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(X64, "x64")]
    [InlineData(Arm64, "arm64")]
    public void Agent_for_the_processor_of_the_hosts_is_taken(byte machine, string hosts) => Assert.EndsWith("agent.tar.gz", Read(machine, hosts).AgentArchive);

    private PipelineStackProps Read(byte machine, string hosts)
    {
        var archive = Path.Combine(_folder.Path, "agent.tar.gz");
        using (var packed = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        using (var entries = new TarWriter(packed))
        {
            byte[] header = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, machine, 0, 1, 0, 0, 0];
            entries.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./rules/one.yml") { DataStream = new MemoryStream(header[..1]) });
            entries.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./edge-agent") { DataStream = new MemoryStream(header) });
        }

        var context = new Dictionary<string, string>(_folder.WriteArtefacts())
        {
            [ContextKeys.AlertEmails] = "a@x.org", [ContextKeys.AgentPath] = archive, [ContextKeys.AgentArchitecture] = hosts,
        };
        return PipelineContext.Read(context, _folder.Path);
    }
}
