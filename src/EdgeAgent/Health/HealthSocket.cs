using System.Net.Sockets;

namespace EdgeAgent.Health;

/// <summary>
/// A unix socket that gives whoever connects one JSON document and closes. Nothing is read, one client is served at a time, and the document fits into the
/// kernel's buffer: who does not read it holds up nobody.
/// </summary>
internal sealed class HealthSocket : IAsyncDisposable
{
    /// <summary>Longest time for one client.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Rest after the kernel had no descriptor or memory for a client, or the agent no answer.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private const int MostWaiting = 8;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _end = new();
    private readonly SocketFolder _folder;
    private readonly UnansweredClients _unanswered;
    private readonly Task _serving;

    private HealthSocket(SocketFolder folder, Func<AgentHealth> read, Action<string> report)
    {
        _folder = folder;
        _unanswered = new UnansweredClients("health.socket", report);
        try
        {
            folder.Listen(_socket, MostWaiting);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        _serving = Task.Run(() => ServeAsync(read));
    }

    /// <summary>Opens the socket and serves until disposed.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="read">How the agent is; called by any thread.</param>
    /// <param name="report">Receives what a person must know; called by any thread.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static HealthSocket Open(string path, Func<AgentHealth> read, Action<string> report)
    {
        var folder = SocketFolder.Open(path);
        try
        {
            return new HealthSocket(folder, read, report);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw e as IOException ?? new IOException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;

        _folder.Close(_socket);
        _folder.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync(Func<AgentHealth> read)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _socket.AcceptAsync(_end.Token);
                await AnswerAsync(client, HealthJson.Write(read()));
            }
            catch (OperationCanceledException)
            {
                // The end, or a client that was too slow: it sees that its document is cut.
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                await Task.WhenAny(Task.Delay(Rest, TimeProvider.System, _end.Token));
            }
            catch (SocketException)
            {
                // The client is gone.
            }
            catch (Exception e)
            {
                // Its answer is empty; the rest is for a fault that stays.
                _unanswered.Add(e);
                await Task.WhenAny(Task.Delay(Rest, TimeProvider.System, _end.Token));
            }
        }
    }

    private async Task AnswerAsync(Socket client, ReadOnlyMemory<byte> document)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        late.CancelAfter(Patience);
        while (!document.IsEmpty)
        {
            document = document[await client.SendAsync(document, SocketFlags.None, late.Token)..];
        }

        client.Shutdown(SocketShutdown.Send);
    }
}
