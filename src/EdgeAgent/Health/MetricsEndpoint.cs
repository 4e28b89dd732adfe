using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Health;

/// <summary>
/// <c>GET /metrics</c> on the loopback interface, and nothing else: there is no way to name another address. A few clients at a time, each for a short time, one
/// request each.
/// </summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    /// <summary>Longest time for one client.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Most clients at a time; others wait until one has its answer, or its time is over.</summary>
    internal const int MostClients = 4;

    /// <summary>Most bytes of a request; what Prometheus sends has some hundred.</summary>
    private const int LargestRequest = 4096;

    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _places = new(MostClients);
    private readonly TcpListener _listener;
    private readonly Func<AgentHealth> _read;
    private readonly UnansweredClients _unanswered;
    private readonly Task _serving;

    private MetricsEndpoint(TcpListener listener, Func<AgentHealth> read, Action<string> report)
    {
        (_listener, _read, _unanswered) = (listener, read, new UnansweredClients("metrics.port", report));
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where it answers.</summary>
    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Opens the port and serves until disposed.</summary>
    /// <param name="port">0 = one that is free.</param>
    /// <param name="read">How the agent is; called by any thread.</param>
    /// <param name="report">Receives what a person must know; called by any thread.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static MetricsEndpoint Open(int port, Func<AgentHealth> read, Action<string> report)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start(2 * MostClients);
            return new MetricsEndpoint(listener, read, report);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        for (var i = 0; i < MostClients; i++)
        {
            await _places.WaitAsync();
        }

        _listener.Dispose();
        _places.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The end, or a client that is gone again; or the kernel has no descriptor for it, and has after a rest.
                _places.Release();
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, _end.Token));
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        late.CancelAfter(Patience);
        try
        {
            using (client)
            {
                var answer = Answer(await ReadAsync(client, late.Token));
                for (var sent = 0; sent < answer.Length;)
                {
                    sent += await client.SendAsync(answer.AsMemory(sent), SocketFlags.None, late.Token);
                }

                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end, or a client that is gone or too slow.
        }
        catch (Exception e)
        {
            _unanswered.Add(e);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The head of a request, or as much of it as a request may have.</summary>
    private static async Task<string> ReadAsync(Socket client, CancellationToken late)
    {
        var request = new byte[LargestRequest];
        var length = 0;
        while (length < request.Length && request.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0
            && await client.ReceiveAsync(request.AsMemory(length), SocketFlags.None, late) is var read and > 0)
        {
            length += read;
        }

        return Encoding.Latin1.GetString(request, 0, length);
    }

    private byte[] Answer(string request)
    {
        var line = request.Split("\r\n")[0].Split(' ');
        var isWhole = request.Contains("\r\n\r\n", StringComparison.Ordinal);
        return !isWhole || line is not [var method, var path, "HTTP/1.1" or "HTTP/1.0"]
            ? Answer(request.Length == LargestRequest ? "431 Request Header Fields Too Large" : "400 Bad Request", "", "")
            : path.Split('?')[0] != "/metrics" ? Answer("404 Not Found", "", "")
            : method != "GET" ? Answer("405 Method Not Allowed", "Allow: GET\r\n", "")
            : Answer("200 OK", $"Content-Type: {PrometheusText.ContentType}\r\n", PrometheusText.Write(_read()));
    }

    private static byte[] Answer(string status, string fields, string body) => Answer(status, fields, Encoding.ASCII.GetBytes(body));

    private static byte[] Answer(string status, string fields, byte[] body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n{fields}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n")), .. body];
}
