using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AwsCompat.Tests.Servers;

/// <summary>A loopback HTTP server that gives every request the same answer and keeps what it was asked.</summary>
internal sealed class StubHttpServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public StubHttpServer(HttpStatusCode status, string contentType, string body)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://{probe.LocalEndpoint}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = ServeAsync(status, contentType, Encoding.UTF8.GetBytes(body));
    }

    public string Url { get; }

    public ConcurrentQueue<(WebHeaderCollection Headers, string Body)> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(HttpStatusCode status, string contentType, byte[] body)
    {
        while (true)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream);
                Requests.Enqueue(((WebHeaderCollection)call.Request.Headers, await reader.ReadToEndAsync()));
                call.Response.StatusCode = (int)status;
                call.Response.ContentType = contentType;
                call.Response.Close(body, willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
