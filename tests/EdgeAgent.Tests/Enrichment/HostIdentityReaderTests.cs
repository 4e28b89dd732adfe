using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;

namespace EdgeAgent.Tests.Enrichment;

public sealed class HostIdentityReaderTests : IDisposable
{
    private const string Variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    private readonly List<string> _reports = [];

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    [Fact]
    public async Task Instance_id_is_the_host_id_unless_another_is_given()
    {
        using var service = new FakeMetadataService();
        Environment.SetEnvironmentVariable(Variable, service.Endpoint);
        var host = await ReadAsync(new AgentOptions { Metadata = MetadataMode.On });
        Assert.Equal(("i-0abc", "eu-west-1", Environment.MachineName), (host.HostId, host.Cloud!.Region, host.HostName));
        Assert.Equal(Guid.Parse(await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id")), host.BootId);
        Assert.Equal("mine", (await ReadAsync(new AgentOptions { Metadata = MetadataMode.On, HostId = "mine" })).HostId);
        Assert.Empty(_reports);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("not a url")]
    public async Task Service_that_cannot_be_used_is_reported_and_the_host_has_an_id_all_the_same(string address)
    {
        Environment.SetEnvironmentVariable(Variable, address);
        var host = await ReadAsync(new AgentOptions { Metadata = MetadataMode.On });
        Assert.Null(host.Cloud);
        Assert.NotEmpty(host.HostId);
        Assert.StartsWith($"EC2 identity is unknown: {address} did not give it (", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_is_not_asked_when_it_is_switched_off()
    {
        using var service = new FakeMetadataService();
        Environment.SetEnvironmentVariable(Variable, service.Endpoint);
        Assert.Null((await ReadAsync(new AgentOptions { Metadata = MetadataMode.Off })).Cloud);
        Assert.Empty(service.Asked);
    }

    private Task<Wire.Model.HostIdentity> ReadAsync(AgentOptions options) =>
        HostIdentityReader.ReadAsync(options, _reports.Add, CancellationToken.None);
}
