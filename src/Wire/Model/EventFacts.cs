namespace Wire.Model;

/// <summary>What every event says whatever its kind: who, where, when and how it came to us.</summary>
/// <remarks>Those of an event are shown only to be read. Whoever makes an event may set them one by one, which spares a copy of 176 bytes.</remarks>
public record struct EventFacts
{
    /// <summary>Facts in which only the texts have values, empty ones.</summary>
    public EventFacts()
    {
    }

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

    /// <summary>With whose rights.</summary>
    public required Credentials Credentials { get; set; }

    /// <summary>Name of the real user; empty when unknown.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Name of the effective user; empty when unknown.</summary>
    public string EffectiveUserName { get; set; } = "";

    /// <summary>Name of the login user; empty when unset or unknown.</summary>
    public string LoginUserName { get; set; } = "";

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

    /// <summary>Controlling terminal, as the kernel numbers devices: major × 2^20 + minor; 0 = none.</summary>
    public uint Terminal { get; set; }

    /// <summary>Where the process is.</summary>
    public Namespaces Namespaces { get; set; }

    /// <summary>Id of the cgroup (v2); 0 when unknown.</summary>
    public ulong CgroupId { get; set; }

    /// <summary>Id of the container (docker, containerd, podman, ECS, Kubernetes); empty outside one.</summary>
    public string ContainerId { get; set; } = "";
}
