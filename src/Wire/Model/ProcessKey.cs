namespace Wire.Model;

/// <summary>Process entity id: names one process of one boot, also after its pid was given to another.</summary>
/// <param name="Pid">Process id (the kernel's tgid) in the initial pid namespace. 0 = unknown.</param>
/// <param name="StartNs">Start of the thread group leader, ns since boot (CLOCK_BOOTTIME). 0 = unknown.</param>
public readonly record struct ProcessKey(uint Pid, ulong StartNs)
{
    /// <summary>No process is known.</summary>
    public static readonly ProcessKey Unknown;

    /// <summary>True when both parts are known.</summary>
    public bool IsKnown => Pid != 0 && StartNs != 0;
}
