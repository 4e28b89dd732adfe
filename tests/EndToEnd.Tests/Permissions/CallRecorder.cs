using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Permissions;

/// <summary>
/// Stands between a program and an AWS emulator, passes everything on, and takes down each call as the IAM action that it needs, such as
/// <c>dynamodb:PutItem</c>. Safe for use by several threads.
/// </summary>
internal sealed partial class CallRecorder : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<string, int> _calls;
    private readonly Uri? _target;
    private readonly Task _serving;

    /// <param name="target">The emulator; null = there is none, and every call is an error.</param>
    /// <param name="calls">Receives the actions, with how often. May be shared.</param>
    public CallRecorder(Uri? target, ConcurrentDictionary<string, int> calls)
    {
        (_target, _calls) = (target, calls);
        Endpoint = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where the program sends to.</summary>
    public Uri Endpoint { get; }

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
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Closed while waiting.
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _calls.AddOrUpdate(ActionOf(context.Request, body.ToArray()), 1, (_, count) => count + 1);
            using var response = await ForwardAsync(context.Request, body.ToArray());
            var answer = await response.Content.ReadAsByteArrayAsync();
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => IsPassedOn(header.Key)))
            {
                context.Response.Headers[name] = string.Join(", ", values);
            }

            context.Response.ContentLength64 = answer.Length;
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or HttpListenerException or TaskCanceledException or ObjectDisposedException)
        {
            // Either side is gone: to the other a broken connection.
            context.Response.Abort();
        }
    }

    // JSON services name the call in a header, query services in the body; S3's calls are methods on paths.
    private static string ActionOf(HttpListenerRequest request, byte[] body)
    {
        if (request.Headers["X-Amz-Target"] is { } target)
        {
            var (service, call) = (target.Split('_', '.')[0], target.Split('.')[^1]);
            return $"{service.ToLowerInvariant()}:{call}";
        }

        if (Query().Match(Encoding.UTF8.GetString(body)) is { Success: true } query)
        {
            return $"sns:{query.Groups[1].Value}";
        }

        var hasKey = request.Url!.AbsolutePath.Trim('/').Contains('/', StringComparison.Ordinal);
        return $"s3:{request.HttpMethod[..1]}{request.HttpMethod[1..].ToLowerInvariant()}{(hasKey ? "Object" : "Bucket")}";
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpListenerRequest request, byte[] body)
    {
        using var copy = new HttpRequestMessage(
            new HttpMethod(request.HttpMethod), new Uri(_target ?? throw new HttpRequestException("there is no such service"), request.RawUrl));
        copy.Content = new ByteArrayContent(body);
        foreach (var name in request.Headers.AllKeys.OfType<string>())
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
            else if (IsPassedOn(name) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                copy.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            }
        }

        return await _client.SendAsync(copy);
    }

    // What is of the one connection, and not of the call.
    private static bool IsPassedOn(string header) =>
        !new[] { "Connection", "Expect", "Keep-Alive", "Transfer-Encoding", "Content-Length" }.Contains(header, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("(?:^|&)Action=([A-Za-z]+)")]
    private static partial Regex Query();
}
