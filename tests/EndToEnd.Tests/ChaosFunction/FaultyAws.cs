using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>Stands between the function and one service, on a loopback port of its own, and does to single calls what the test decides.</summary>
internal sealed class FaultyAws : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly Func<string, Trouble> _decide;
    private readonly Func<Task> _kill;
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Task _serving;

    /// <param name="target">The service.</param>
    /// <param name="decide">Gets the operation, such as <c>PutItem</c>; called by several threads.</param>
    /// <param name="kill">Kills the function.</param>
    public FaultyAws(Uri target, Func<string, Trouble> decide, Func<Task> kill)
    {
        (_target, _decide, _kill) = (target, decide, kill);
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        probe.Stop();
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the function sends to.</summary>
    public Uri Endpoint { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _client.Dispose();
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

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
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

    private async Task AnswerAsync(HttpListenerContext context, byte[] body)
    {
        var operation = context.Request.Headers["X-Amz-Target"]?.Split('.')[^1] ?? (Encoding.UTF8.GetString(body).Contains("Action=Publish", StringComparison.Ordinal) ? "Publish" : "");
        var trouble = _decide(operation);
        switch (trouble)
        {
            case Trouble.KillBefore:
                await _kill();
                context.Response.Abort();
                return;
            case Trouble.Throttle:
                await WriteAsync(context, 400, operation == "Publish"
                    ? Encoding.UTF8.GetBytes("""<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>Throttled</Code><Message>slow down</Message></Error><RequestId>r</RequestId></ErrorResponse>""")
                    : Encoding.UTF8.GetBytes("""{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"slow down"}"""), null);
                return;
        }

        using var response = await ForwardAsync(context.Request, body);
        switch (trouble)
        {
            case Trouble.KillAfter:
                await _kill();
                context.Response.Abort();
                break;
            case Trouble.LoseAnswer:
                context.Response.Abort();
                break;
            default:
                await WriteAsync(context, (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response);
                break;
        }
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpListenerRequest request, byte[] body)
    {
        var copy = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri(_target, request.RawUrl)) { Content = new ByteArrayContent(body) };
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

        return _client.SendAsync(copy);
    }

    private static async Task WriteAsync(HttpListenerContext context, int status, byte[] body, HttpResponseMessage? like)
    {
        context.Response.StatusCode = status;
        foreach (var (name, values) in like?.Headers.Where(header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase)) ?? [])
        {
            context.Response.Headers[name] = string.Join(',', values);
        }

        context.Response.ContentType = like?.Content.Headers.ContentType?.ToString() ?? "application/octet-stream";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
