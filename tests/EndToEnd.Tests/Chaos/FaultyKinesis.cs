using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Tests.Chaos;

/// <summary>Stands between the agent and the stream, on a loopback port of its own, and does to single requests what networks and services do.</summary>
internal sealed class FaultyKinesis : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(300);

    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Task _serving;
    private int _fault;

    public FaultyKinesis()
    {
        Endpoint = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the agent sends to.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where the stream is; null = nowhere now.</summary>
    public Uri? Target { get; set; }

    /// <summary>What goes wrong from now on.</summary>
    public Fault Fault
    {
        get => (Fault)Volatile.Read(ref _fault);
        set => Volatile.Write(ref _fault, (int)value);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await AnswerAsync(context, Fault);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or HttpListenerException or TaskCanceledException or ObjectDisposedException)
        {
            // The stream is not there, or the agent is gone: to both a broken connection.
            context.Response.Abort();
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.Refuses:
                context.Response.Abort();
                return;
            case Fault.Throttles:
                await WriteAsync(context, 400, Error("ProvisionedThroughputExceededException", "Rate exceeded for shard"));
                return;
            case Fault.Fails:
                await WriteAsync(context, 500, Error("InternalFailure", "The request failed"));
                return;
            case Fault.DoubtsTheClock:
                await WriteAsync(context, 400, Error("InvalidSignatureException", "Signature expired: 20200101T000000Z is now earlier than 20200101T001000Z"));
                return;
        }

        var (status, body) = await ForwardAsync(context.Request);
        switch (fault)
        {
            case Fault.IsSlow:
                await Task.Delay(Slowness);
                break;
            case Fault.CutsAnswers:
                context.Response.ContentLength64 = body.Length;
                await context.Response.OutputStream.WriteAsync(body.AsMemory(0, body.Length / 2));
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
                return;
            case Fault.Lies:
                (status, body) = (500, Error("InternalFailure", "The request failed"));
                break;
        }

        await WriteAsync(context, status, body);
    }

    private async Task<(int Status, byte[] Body)> ForwardAsync(HttpListenerRequest request)
    {
        using var copy = new HttpRequestMessage(HttpMethod.Post, Target ?? throw new HttpRequestException("no stream"));
        using var received = new MemoryStream();
        await request.InputStream.CopyToAsync(received);
        copy.Content = new ByteArrayContent(received.ToArray());
        foreach (var name in request.Headers.AllKeys.OfType<string>())
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
            else if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && !name.Equals("Expect", StringComparison.OrdinalIgnoreCase))
            {
                copy.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        using var response = await _client.SendAsync(copy);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    private static async Task WriteAsync(HttpListenerContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private static byte[] Error(string type, string message) => Encoding.UTF8.GetBytes($$"""{"__type":"{{type}}","message":"{{message}}"}""");
}
