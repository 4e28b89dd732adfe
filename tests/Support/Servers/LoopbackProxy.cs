using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Support.Servers;

/// <summary>Stands between clients of AWS and one server, on a loopback port of its own. What becomes of a call the derived class decides.</summary>
/// <remarks>Calls are answered side by side.</remarks>
public abstract class LoopbackProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Task _serving;

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The server.</param>
    protected LoopbackProxy(Uri target)
    {
        _target = target;
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
        context.Response.ContentType = answer.ContentType;
        if (answer.Crc32 is not null)
        {
            context.Response.Headers["x-amz-crc32"] = answer.Crc32;
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
        using var copy = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri(_target, request.RawUrl)) { Content = new ByteArrayContent(body) };
        copy.Content.Headers.ContentType = request.ContentType is { } type ? MediaTypeHeaderValue.Parse(type) : null;
        foreach (var name in request.Headers.AllKeys.OfType<string>())
        {
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Expect", StringComparison.OrdinalIgnoreCase))
            {
                copy.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        using var response = await _client.SendAsync(copy);
        return new ProxyAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString())
        {
            Crc32 = response.Headers.TryGetValues("x-amz-crc32", out var sums) ? sums.First() : null,
        };
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
        catch (Exception e) when (e is HttpRequestException or IOException or HttpListenerException or ObjectDisposedException)
        {
            // One of both is gone: to the other a broken connection.
            context.Response.Abort();
        }
    }
}
