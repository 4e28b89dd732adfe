namespace Wire.Model;

/// <summary>What every event says whatever its kind: who, where, when and how it came to us.</summary>
public readonly record struct EventFacts
{
    /// <summary>Facts in which only the texts have values, empty ones.</summary>
    public EventFacts()
    {
    }

    /// <summary>Where.</summary>
    public required HostIdentity Host { get; init; }

    /// <summary>Lane the event came through.</summary>
    public required Lane Lane { get; init; }

    /// <summary>Number within the lane, from 1.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The kernel's stamp, ns since boot (CLOCK_BOOTTIME).</summary>
    public required ulong BootNs { get; init; }

    /// <summary>Event time: ns since 1970-01-01 UTC. <see cref="BootNs"/> plus the boot time of the frame.</summary>
    public required long TimeNs { get; init; }

    /// <summary>Who did it. For an exec: the new image.</summary>
    public required ProcessNode Process { get; init; }

    /// <summary>With whose rights.</summary>
    public required Credentials Credentials { get; init; }

    /// <summary>Name of the real user; empty when unknown.</summary>
    public string UserName { get; init; } = "";

    /// <summary>Name of the effective user; empty when unknown.</summary>
    public string EffectiveUserName { get; init; } = "";

    /// <summary>Name of the login user; empty when unset or unknown.</summary>
    public string LoginUserName { get; init; } = "";

    /// <summary>Thread that acted, in the initial pid namespace.</summary>
    public uint ThreadId { get; init; }

    /// <summary>CPU the event was taken on.</summary>
    public uint Cpu { get; init; }

    /// <summary>Marks of the host's filter.</summary>
    public EventFlags Flags { get; init; }

    /// <summary>How it entered the kernel.</summary>
    public OriginFlags Origin { get; init; }

    /// <summary>
    /// How many more events like this one it stands for: they came before it, from the same process, and the host told only this one of them.
    /// Alike is what differs in nothing but number, time, thread and CPU.
    /// </summary>
    public uint Repeated { get; init; }

    /// <summary>How long before this event the first of <see cref="Repeated"/> happened, ns; 0 when there are none.</summary>
    public ulong RepeatedNs { get; init; }

    /// <summary>Controlling terminal, as the kernel numbers devices: major × 2^20 + minor; 0 = none.</summary>
    public uint Terminal { get; init; }

    /// <summary>Where the process is.</summary>
    public Namespaces Namespaces { get; init; }

    /// <summary>Id of the cgroup (v2); 0 when unknown.</summary>
    public ulong CgroupId { get; init; }

    /// <summary>Id of the container (docker, containerd, podman, ECS, Kubernetes); empty outside one.</summary>
    public string ContainerId { get; init; } = "";
}
