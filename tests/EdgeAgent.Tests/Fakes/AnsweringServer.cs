using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Tests.Fakes;

/// <summary>An HTTP server that answers every request with the bytes that a test says, then closes the connection.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    internal AnsweringServer()
    {
        _listener.Start();
        _running = Task.Run(RunAsync);
    }

    internal Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>The next answers; once they are used up, <see cref="Always"/>.</summary>
    internal ConcurrentQueue<byte[]> Next { get; } = new();

    /// <summary>The answer when nothing else is said; empty = the connection is closed without one.</summary>
    internal byte[] Always { get; set; } = Taken;

    /// <summary>Requests that came whole.</summary>
    internal int Requests => _requests;

    private int _requests;

    /// <summary>The answer to a PutRecord that was taken.</summary>
    internal static byte[] Taken => Answer(200, """{"SequenceNumber":"49600000000000000000000000000000000000000000000000000001","ShardId":"shardId-000000000000"}""");

    /// <summary>An error as Kinesis answers it.</summary>
    internal static byte[] Error(int status, string type, string message) =>
        Answer(status, $$"""{"__type":"{{type}}","message":"{{message}}"}""");

    internal static byte[] Answer(int status, string body, int? length = null) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Said\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-RequestId: 1\r\nDate: {DateTime.UtcNow:R}\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"));

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _running.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException && _end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            if (!await ReadRequestAsync(stream))
            {
                return;
            }

            Interlocked.Increment(ref _requests);
            await stream.WriteAsync(Next.TryDequeue(out var next) ? next : Always, _end.Token);
        }
        catch (IOException)
        {
            // A client that goes away has its reasons.
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        for (int end; ;)
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            if (read == 0)
            {
                return false;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && request.Length >= end + 4 + LengthOf(request[..end]))
            {
                return true;
            }
        }
    }

    private static int LengthOf(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
