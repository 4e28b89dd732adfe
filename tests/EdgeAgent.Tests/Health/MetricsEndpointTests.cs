using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeAgent.Health;

namespace EdgeAgent.Tests.Health;

/// <summary>A very small server for Prometheus, on the loopback interface only.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Prometheus_gets_the_metrics()
    {
        await using var endpoint = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { });
        Assert.Equal(IPAddress.Loopback, endpoint.Address.Address);
        using var client = new HttpClient();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.GetAsync(new Uri($"http://{endpoint.Address}/metrics?x=1"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(PrometheusText.Write(SomeHealth.Well), await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", "200 OK")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "404 Not Found")]
    [InlineData("GET /metrics/x HTTP/1.1\r\n\r\n", "404 Not Found")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed")]
    [InlineData("GET /metrics HTTP/2\r\n\r\n", "400 Bad Request")]
    [InlineData("nonsense\r\n\r\n", "400 Bad Request")]
    [InlineData("GET /metrics HTTP/1.1\r\n", "400 Bad Request")]
    [InlineData("", "400 Bad Request")]
    public async Task Everything_else_is_refused(string request, string status)
    {
        await using var endpoint = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { });
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", await AskAsync(endpoint, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_that_does_not_end_is_refused_at_its_bound()
    {
        await using var endpoint = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { });
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync(endpoint, $"GET /metrics HTTP/1.1\r\nX: {new string('x', 4096 - 26)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_hang_lose_their_places_and_do_not_hold_up_the_end()
    {
        var hung = new List<Socket>();
        try
        {
            await using (var endpoint = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { }))
            {
                for (var i = 0; i < MetricsEndpoint.MostClients; i++)
                {
                    hung.Add(await ConnectAsync(endpoint));
                }

                Assert.StartsWith("HTTP/1.1 200 OK", await AskAsync(endpoint, "GET /metrics HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
                hung.Add(await ConnectAsync(endpoint));
            }
        }
        finally
        {
            hung.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Port_that_is_taken_is_told()
    {
        await using var first = MetricsEndpoint.Open(0, () => SomeHealth.Well, _ => { });
        Assert.Throws<IOException>(() => MetricsEndpoint.Open(first.Address.Port, () => SomeHealth.Well, _ => { }));
    }

    private static async Task<string> AskAsync(MetricsEndpoint endpoint, string request)
    {
        using var client = await ConnectAsync(endpoint);
        using var reader = new StreamReader(new NetworkStream(client));
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        client.Shutdown(SocketShutdown.Send);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    private static async Task<Socket> ConnectAsync(MetricsEndpoint endpoint)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(endpoint.Address).WaitAsync(Patience);
        return client;
    }
}
