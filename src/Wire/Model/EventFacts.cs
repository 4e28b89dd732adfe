namespace Wire.Model;

/// <summary>What every event says whatever its kind: who, where, when and how it came to us.</summary>
/// <remarks>Those of an event are shown only to be read. Whoever makes an event may set them one by one, which spares a copy of 80 bytes.</remarks>
public record struct EventFacts
{
    /// <summary>Where.</summary>
    public required HostIdentity Host { get; set; }

    /// <summary>Lane the event came through.</summary>
    public required Lane Lane { get; set; }

    /// <summary>Number within the lane, from 1.</summary>
    public required ulong Sequence { get; set; }

    /// <summary>The kernel's stamp, ns since boot (CLOCK_BOOTTIME).</summary>
    public required ulong BootNs { get; set; }

    /// <summary>Event time: ns since 1970-01-01 UTC. <see cref="BootNs"/> plus the boot time of the frame.</summary>
    public required long TimeNs { get; set; }

    /// <summary>Who did it. For an exec: the new image.</summary>
    public required ProcessNode Process { get; set; }

    /// <summary>In which role.</summary>
    public required ActorFacts Actor { get; set; }

    /// <summary>Thread that acted, in the initial pid namespace.</summary>
    public uint ThreadId { get; set; }

    /// <summary>CPU the event was taken on.</summary>
    public uint Cpu { get; set; }

    /// <summary>Marks of the host's filter.</summary>
    public EventFlags Flags { get; set; }

    /// <summary>How it entered the kernel.</summary>
    public OriginFlags Origin { get; set; }

    /// <summary>
    /// How many more events like this one it stands for: they came before it, from the same process, and the host told only this one of them.
    /// Alike is what differs in nothing but number, time, thread and CPU.
    /// </summary>
    public uint Repeated { get; set; }

    /// <summary>How long before this event the first of <see cref="Repeated"/> happened, ns; 0 when there are none.</summary>
    public ulong RepeatedNs { get; set; }
}
