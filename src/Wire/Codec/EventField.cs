namespace Wire.Codec;

/// <summary>Field ids of events, one numbering for all kinds. Never reuse one. Below 16: any kind; from 16: the kinds named.</summary>
internal static class EventField
{
    /// <summary>Number: <see cref="Model.HostEvent.ThreadId"/>. Absent = the pid of the process.</summary>
    public const uint ThreadId = 1;

    /// <summary>Number: <see cref="Model.HostEvent.Cpu"/>. Absent = 0.</summary>
    public const uint Cpu = 2;

    /// <summary>Number: <see cref="Model.EventFlags"/>. Absent = sensitive for exec and open, external for connect and send, else none.</summary>
    public const uint Flags = 3;

    /// <summary>Number: <see cref="Model.OriginFlags"/>. Absent = none.</summary>
    public const uint Origin = 4;

    /// <summary>Number: <see cref="Model.HostEvent.Repeated"/>. Absent = 0.</summary>
    public const uint Repeated = 5;

    /// <summary>Number: <see cref="Model.HostEvent.RepeatedNs"/>. Absent = 0.</summary>
    public const uint RepeatedNs = 6;

    /// <summary>Exec, file open, call. Number: index into the files. Required.</summary>
    public const uint File = 16;

    /// <summary>Exec, file open. String reference: the name as asked. Absent = the path (exec: the image of the process).</summary>
    public const uint AskedPath = 17;

    /// <summary>Exec. String reference: <see cref="Model.ExecEvent.Interpreter"/>. Absent = empty.</summary>
    public const uint Interpreter = 18;

    /// <summary>Exec. String reference: <see cref="Model.ExecEvent.CallerComm"/>. Absent = empty.</summary>
    public const uint CallerComm = 19;

    /// <summary>Fork. Number: pid of <see cref="Model.ForkEvent.Child"/>. Absent = 0.</summary>
    public const uint ChildPid = 20;

    /// <summary>Fork. Signed number: start of the child less the event's boot-time stamp, modulo 2^64. Absent = 0.</summary>
    public const uint ChildStart = 21;

    /// <summary>Exit. Number: the 32 bits of <see cref="Model.ExitEvent.ExitCode"/>. Absent = 0.</summary>
    public const uint ExitCode = 22;

    /// <summary>Connect, send. Block of 4 (IPv4) or 16 (IPv6) bytes, network order: <see cref="Model.NetworkEvent.Address"/>. Required.</summary>
    public const uint Address = 23;

    /// <summary>Connect, send. Number: <see cref="Model.NetworkEvent.Port"/>. Absent = 0.</summary>
    public const uint Port = 24;

    /// <summary>Connect, send. Number: <see cref="Model.NetworkEvent.Protocol"/>. Absent = 6 (TCP) for connect, 17 (UDP) for send.</summary>
    public const uint Protocol = 25;

    /// <summary>Call. Number: <see cref="Model.CallKind"/>, not 0. Required.</summary>
    public const uint Call = 26;

    /// <summary>Call, file open. Number: the errno with which it was refused. Absent = 0.</summary>
    public const uint Error = 27;

    /// <summary>Call. String reference: <see cref="Model.CallEvent.OtherPath"/>. Absent = empty.</summary>
    public const uint OtherPath = 28;

    /// <summary>Call. Number: the first of <see cref="Model.CallEvent.Arguments"/>; the others follow under the next ids. Absent = 0.</summary>
    public const uint FirstArgument = 29;

    /// <summary>Call. Number, as the others.</summary>
    public const uint SecondArgument = 30;

    /// <summary>Call. Number, as the others.</summary>
    public const uint ThirdArgument = 31;

    /// <summary>Call. Number, as the others.</summary>
    public const uint FourthArgument = 32;
}
