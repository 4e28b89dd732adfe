namespace EdgeAgent.Probes;

/// <summary>Tells the host's pid namespace from a container's.</summary>
internal static class PidNamespace
{
    /// <summary>PROC_PID_INIT_INO: the same number on every kernel.</summary>
    private const string Initial = "pid:[4026531836]";

    /// <summary>Whether process ids mean the same to this process and to the kernel.</summary>
    internal static bool IsInitial() => File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name == Initial;
}
