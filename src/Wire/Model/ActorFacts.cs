namespace Wire.Model;

/// <summary>Who acts: what events of one process in one role have in common besides the process itself.</summary>
/// <remarks>Immutable, so one object is shared by all events that say the same: most events of a frame have a few of them. Equal when all is equal.</remarks>
public sealed record ActorFacts
{
    /// <summary>With whose rights.</summary>
    public required Credentials Credentials { get; init; }

    /// <summary>Name of the real user; empty when unknown.</summary>
    public string UserName { get; init; } = "";

    /// <summary>Name of the effective user; empty when unknown.</summary>
    public string EffectiveUserName { get; init; } = "";

    /// <summary>Name of the login user; empty when unset or unknown.</summary>
    public string LoginUserName { get; init; } = "";

    /// <summary>Controlling terminal, as the kernel numbers devices: major × 2^20 + minor; 0 = none.</summary>
    public uint Terminal { get; init; }

    /// <summary>Where the process is.</summary>
    public Namespaces Namespaces { get; init; }

    /// <summary>Id of the cgroup (v2); 0 when unknown.</summary>
    public ulong CgroupId { get; init; }

    /// <summary>Id of the container (docker, containerd, podman, ECS, Kubernetes); empty outside one.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary>Leaves out the texts: they follow from the ids, and hashing text costs more than all else here.</summary>
    public override int GetHashCode() => HashCode.Combine(Credentials, Terminal, Namespaces, CgroupId);
}
