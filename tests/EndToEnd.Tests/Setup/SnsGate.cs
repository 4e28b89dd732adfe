using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Tests.Setup;

/// <summary>A loopback port before SNS that a test closes and opens: closed, nobody listens there. Open at the start.</summary>
internal sealed class SnsGate : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly int _port;
    private TcpListener _listener;
    private CancellationTokenSource _open = new();
    private Task _accepting;

    /// <param name="target">The server behind it.</param>
    public SnsGate(Uri target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener, _open.Token);
    }

    /// <summary>The address for clients.</summary>
    public Uri Endpoint => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", _port).Uri;

    /// <summary>Refuses connections from now on, and breaks those that are open.</summary>
    public async Task CloseAsync()
    {
        await _open.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    /// <summary>Lets connections through again.</summary>
    public void Open()
    {
        _open.Dispose();
        _open = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _accepting = AcceptAsync(_listener, _open.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _open.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken open)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await listener.AcceptTcpClientAsync(open), open));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client, CancellationToken open)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, open);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream(), open),
                    server.GetStream().CopyToAsync(client.GetStream(), open));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Either side ended, or the gate was closed: both connections end here.
            }
        }
    }
}
