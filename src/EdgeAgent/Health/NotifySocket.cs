using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Health;

/// <summary>The socket of a service manager, to which a service sends datagrams (sd_notify(3)). Never waits. One thread only.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _address;

    private NotifySocket(UnixDomainSocketEndPoint address) => _address = address;

    /// <summary>What went wrong with the last datagram; null = nothing.</summary>
    internal string? Fault { get; private set; }

    /// <summary>The socket of that address: a path, or <c>@</c> and a name that is in no folder. Null for any other.</summary>
    internal static NotifySocket? Of(string address)
    {
        if (address.Length < 2 || address[0] is not ('/' or '@'))
        {
            return null;
        }

        try
        {
            return new NotifySocket(new UnixDomainSocketEndPoint(address[0] == '@' ? $"\0{address[1..]}" : address));
        }
        catch (ArgumentOutOfRangeException)
        {
            // Longer than an address can be.
            return null;
        }
    }

    /// <summary>Sends assignments, one a line. False when they were not taken now; why is in <see cref="Fault"/>.</summary>
    internal bool Send(string assignments)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(assignments), _address);
            Fault = null;
            return true;
        }
        catch (SocketException e)
        {
            Fault = e.Message;
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
