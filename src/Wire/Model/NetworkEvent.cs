using System.Net;

namespace Wire.Model;

/// <summary>Traffic was directed at a remote address: a connect, or a datagram with an explicit destination.</summary>
public sealed class NetworkEvent : HostEvent
{
    private bool _isSend;
    private IPAddress _address = IPAddress.None;
    private ushort _port;
    private byte _protocol;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    /// <param name="isSend">True for a datagram, false for a connect.</param>
    public NetworkEvent(in EventFacts facts, bool isSend)
        : base(in facts) => _isSend = isSend;

    internal NetworkEvent(bool isSend) => _isSend = isSend;

    /// <inheritdoc/>
    public override EventKind Kind => _isSend ? EventKind.Send : EventKind.Connect;

    /// <summary>Destination, without scope id. IPv4-mapped IPv6 addresses are given as IPv4.</summary>
    public required IPAddress Address { get => _address; init => _address = value; }

    /// <summary>Destination port, host order.</summary>
    public required ushort Port { get => _port; init => _port = value; }

    /// <summary>IP protocol number (6 TCP, 17 UDP …).</summary>
    public byte Protocol { get => _protocol; init => _protocol = value; }

    internal NetworkEvent Renew(in EventFacts facts, bool isSend, IPAddress address, ushort port, byte protocol)
    {
        Renew(facts);
        (_isSend, _address, _port, _protocol) = (isSend, address, port, protocol);
        return this;
    }
}
