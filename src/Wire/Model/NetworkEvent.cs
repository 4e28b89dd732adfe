using System.Net;

namespace Wire.Model;

/// <summary>Traffic was directed at a remote address: a connect, or a datagram with an explicit destination.</summary>
/// <param name="facts">What is common to all kinds.</param>
/// <param name="isSend">True for a datagram, false for a connect.</param>
public sealed class NetworkEvent(EventFacts facts, bool isSend) : HostEvent(facts)
{
    /// <inheritdoc/>
    public override EventKind Kind => isSend ? EventKind.Send : EventKind.Connect;

    /// <summary>Destination, without scope id. IPv4-mapped IPv6 addresses are given as IPv4.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Destination port, host order.</summary>
    public required ushort Port { get; init; }

    /// <summary>IP protocol number (6 TCP, 17 UDP …).</summary>
    public byte Protocol { get; init; }
}
