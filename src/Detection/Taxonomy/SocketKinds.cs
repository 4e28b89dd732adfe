using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>What a socket is that is neither TCP nor UDP: <c>include/linux/socket.h</c>, <c>include/uapi/linux/in.h</c>. Thread-safe.</summary>
public static class SocketKinds
{
    private const uint Packet = 17;
    private const uint Xdp = 44;
    private const uint TypeMask = 0xF;
    private const uint PacketType = 10;
    private const uint Raw = 3;
    private const uint Sctp = 132;

    /// <summary><c>packet</c>, <c>xdp</c>, <c>raw</c>, <c>sctp</c> or <c>ping</c>, of the arguments of a call that the sensor tells of.</summary>
    /// <param name="socket">Family, type and protocol. The kernel looks at the lower half of the registers only.</param>
    public static string Of(in CallArguments socket) => ((uint)socket.First, (uint)socket.Second & TypeMask, (uint)socket.Third) switch
    {
        (Packet, _, _) or (_, PacketType, _) => "packet",
        (Xdp, _, _) => "xdp",
        (_, Raw, _) => "raw",
        (_, _, Sctp) => "sctp",
        _ => "ping",
    };
}
