using System.Net;
using System.Net.Sockets;
using EdgeAgent.Health;
using EdgeAgent.Options;
using Support;

namespace EdgeAgent.Tests.Health;

/// <summary>An agent that cannot be asked watches all the same.</summary>
public sealed class HealthEndpointsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_opened_is_told_with_its_option()
    {
        await using var port = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { });
        var options = new AgentOptions { HealthSocket = _folder["no/such/folder/health.sock"], MetricsPort = port.Address.Port };
        await using var endpoints = HealthEndpoints.Open(options, () => SomeHealth.Well, _messages.Add);
        Assert.Equal(2, _messages.Count);
        Assert.StartsWith($"health.socket: {options.HealthSocket} is not opened: ", _messages[0], StringComparison.Ordinal);
        Assert.StartsWith($"metrics.port: {port.Address.Port} is not opened: ", _messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_with_a_name_too_long_for_an_address_is_told_too()
    {
        var options = new AgentOptions { HealthSocket = _folder[new string('a', 120)] };
        await using var endpoints = HealthEndpoints.Open(options, () => SomeHealth.Well, _messages.Add);
        Assert.StartsWith($"health.socket: {options.HealthSocket} is not opened: ", Assert.Single(_messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_in_finding_out_how_the_agent_is_costs_one_client_its_answer_and_is_told_once()
    {
        var left = 0;
        int port;
        await using (var free = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { }))
        {
            port = free.Address.Port;
        }

        var options = new AgentOptions { HealthSocket = _folder["run/health.sock"], MetricsPort = port };
        await using (HealthEndpoints.Open(options, () => Interlocked.Decrement(ref left) >= 0 ? throw new InvalidOperationException("no\u001b") : SomeHealth.Well, _messages.Add))
        {
            Assert.Empty(_messages);
            EndPoint socket = new UnixDomainSocketEndPoint(options.HealthSocket), metrics = new IPEndPoint(IPAddress.Loopback, port);
            foreach (var address in (EndPoint[])[socket, metrics])
            {
                left = 2;
                Assert.Equal(0, await AskAsync(address));
                Assert.Equal(0, await AskAsync(address));
                Assert.NotEqual(0, await AskAsync(address));
            }
        }

        Assert.Equal(2, _messages.Count);
        Assert.StartsWith("health.socket: a client got no answer: InvalidOperationException: no\\x1b", _messages[0], StringComparison.Ordinal);
        Assert.StartsWith("metrics.port: a client got no answer: InvalidOperationException: no\\x1b", _messages[1], StringComparison.Ordinal);
        Assert.False(Path.Exists(options.HealthSocket));
    }

    [Fact]
    public async Task What_is_off_is_not_opened()
    {
        await using var endpoints = HealthEndpoints.Open(new AgentOptions { HealthSocket = null }, () => SomeHealth.Well, _messages.Add);
        Assert.Empty(_messages);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    /// <summary>How many bytes are answered.</summary>
    private static async Task<int> AskAsync(EndPoint address)
    {
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(address).WaitAsync(Patience);
        if (address is IPEndPoint)
        {
            await client.SendAsync("GET /metrics HTTP/1.1\r\n\r\n"u8.ToArray());
        }

        using var answer = new MemoryStream();
        await using var stream = new NetworkStream(client);
        await stream.CopyToAsync(answer).WaitAsync(Patience);
        return (int)answer.Length;
    }
}
