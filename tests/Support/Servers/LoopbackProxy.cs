using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Support.Servers;

/// <summary>Stands between clients of AWS and one server, on a loopback port of its own. What becomes of a call the derived class decides.</summary>
/// <remarks>Calls are answered side by side.</remarks>
public abstract class LoopbackProxy : IAsyncDisposable
{
    // Of the one connection, not of the call.
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Expect", "Keep-Alive", "Transfer-Encoding", "Content-Length"];

    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Task _serving;

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The server; null = nowhere now.</param>
    protected LoopbackProxy(Uri? target)
    {
        Target = target;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The address for clients.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where calls are passed on to; null = nowhere now, and their connections break.</summary>
    public Uri? Target { get; set; }

    /// <summary>Longest time that the server has for an answer.</summary>
    protected TimeSpan Patience { get => _client.Timeout; init => _client.Timeout = value; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The operation of a call, such as <c>PutItem</c>, in the JSON and in the query protocol.</summary>
    protected static string OperationOf(HttpListenerRequest request, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(request);
        const string action = "Action=";
        return request.Headers["X-Amz-Target"] is { } target
            ? target[(target.LastIndexOf('.') + 1)..]
            : System.Text.Encoding.UTF8.GetString(body).Split('&').FirstOrDefault(field => field.StartsWith(action, StringComparison.Ordinal))?[action.Length..] ?? "";
    }

    /// <summary>Sends an answer back.</summary>
    protected static async Task WriteAsync(HttpListenerContext context, ProxyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(answer);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength64 = answer.Body.Length;
        await context.Response.OutputStream.WriteAsync(answer.Body);
        context.Response.Close();
    }

    /// <summary>Answers one call, or breaks its connection.</summary>
    protected abstract Task AnswerAsync(HttpListenerContext context, byte[] body);

    /// <summary>Passes a call on.</summary>
    protected async Task<ProxyAnswer> ForwardAsync(HttpListenerRequest request, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var copy = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri(Target ?? throw new HttpRequestException("nowhere to pass it on to"), request.RawUrl));
        copy.Content = new ByteArrayContent(body);
        foreach (var name in request.Headers.AllKeys.OfType<string>().Where(IsOfTheCall))
        {
            HttpHeaders headers = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? copy.Content.Headers : copy.Headers;
            headers.TryAddWithoutValidation(name, request.Headers[name]);
        }

        using var response = await _client.SendAsync(copy);
        return new ProxyAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync())
        {
            Headers = [.. response.Headers.Concat(response.Content.Headers).Where(header => IsOfTheCall(header.Key)).Select(header => (header.Key, string.Join(", ", header.Value)))],
        };
    }

    private static bool IsOfTheCall(string header) => !OfTheConnection.Contains(header, StringComparer.OrdinalIgnoreCase);

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
                // Closed: the test is over.
                return;
            }

            _ = Task.Run(() => ReadAndAnswerAsync(context));
        }
    }

    private async Task ReadAndAnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            await AnswerAsync(context, body.ToArray());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or HttpListenerException or TaskCanceledException or ObjectDisposedException)
        {
            // One of both is gone: to the other a broken connection.
            context.Response.Abort();
        }
    }
}
