namespace Wire.Model;

/// <summary>What happened. The numbers are part of the wire format and of <c>bpf/include/edge_event.h</c>; never reuse one.</summary>
public enum EventKind : byte
{
    /// <summary>No event has this kind.</summary>
    None = 0,

    /// <summary>A process image was replaced (<c>execve</c> and kin), after the fact.</summary>
    Exec = 1,

    /// <summary>A process (not a thread) was created.</summary>
    Fork = 2,

    /// <summary>The last thread of a process ended.</summary>
    Exit = 3,

    /// <summary>A file was opened, or an open was refused.</summary>
    FileOpen = 4,

    /// <summary>A socket was connected to an address.</summary>
    Connect = 5,

    /// <summary>A datagram was sent to an explicit address.</summary>
    Send = 6,

    /// <summary>A system call that changes a watched file without opening it, or that few programs make.</summary>
    Call = 7,
}
