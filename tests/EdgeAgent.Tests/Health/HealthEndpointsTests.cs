using EdgeAgent.Health;
using EdgeAgent.Options;
using Support;

namespace EdgeAgent.Tests.Health;

/// <summary>An agent that cannot be asked watches all the same.</summary>
public sealed class HealthEndpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_opened_is_told_with_its_option()
    {
        await using var port = MetricsEndpoint.Open(0, () => SomeHealth.Well);
        var options = new AgentOptions { HealthSocket = _folder["no/such/folder/health.sock"], MetricsPort = port.Address.Port };
        await using var endpoints = HealthEndpoints.Open(options, () => SomeHealth.Well, _messages.Add);
        Assert.Equal(2, _messages.Count);
        Assert.StartsWith($"health.socket: {options.HealthSocket} is not opened: ", _messages[0], StringComparison.Ordinal);
        Assert.StartsWith($"metrics.port: {port.Address.Port} is not opened: ", _messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_off_is_not_opened()
    {
        await using var endpoints = HealthEndpoints.Open(new AgentOptions { HealthSocket = null }, () => SomeHealth.Well, _messages.Add);
        Assert.Empty(_messages);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
