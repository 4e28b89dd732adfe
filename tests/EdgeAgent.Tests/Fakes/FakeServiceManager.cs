using System.Net.Sockets;
using System.Text;
using Support;

namespace EdgeAgent.Tests.Fakes;

/// <summary>The socket of a service manager: keeps the datagrams that it gets, in order, with the time of each.</summary>
internal sealed class FakeServiceManager : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="isAbstract">True for a name that is in no folder.</param>
    internal FakeServiceManager(bool isAbstract = false)
    {
        Address = isAbstract ? $"@edge-agent-test-{Guid.NewGuid():N}" : _folder["notify"];
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{Address[1..]}" : Address));
    }

    /// <summary>What NOTIFY_SOCKET holds.</summary>
    internal string Address { get; }

    /// <summary>The variables that it gives to its services.</summary>
    internal Dictionary<string, string> Environment(TimeSpan? watchdog = null)
    {
        var environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = Address };
        if (watchdog is { } limit)
        {
            environment["WATCHDOG_USEC"] = $"{(long)limit.TotalMicroseconds}";
            environment["WATCHDOG_PID"] = $"{System.Environment.ProcessId}";
        }

        return environment;
    }

    /// <summary>All datagrams that have arrived.</summary>
    internal List<string> Take()
    {
        var taken = new List<string>();
        while (_socket.Available > 0)
        {
            taken.Add(Receive());
        }

        return taken;
    }

    /// <summary>The next datagram that holds a line, and all before it.</summary>
    internal List<string> TakeUntil(string line, TimeSpan patience)
    {
        var taken = new List<string>();
        _socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
        do
        {
            taken.Add(Receive());
        }
        while (!taken[^1].Split('\n').Contains(line));

        return taken;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    private string Receive()
    {
        var bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, _socket.Receive(bytes));
    }
}
