using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>A call for the probes that the kernel refused, and what of the host decides over its meaning. Immutable.</summary>
/// <param name="Call">The function.</param>
/// <param name="Errno">Its error.</param>
/// <param name="HasLog">Whether the kernel's verifier gave reasons.</param>
/// <param name="Lockdown">none, integrity or confidentiality; empty = not known.</param>
/// <param name="HasTracefs">Whether tracefs is mounted.</param>
/// <param name="Kernel">The kernel's version.</param>
internal sealed record Refusal(string Call, int Errno, bool HasLog, string Lockdown, bool HasTracefs, Version Kernel)
{
    private const int EPERM = 1;
    private const int ENOMEM = 12;
    private const int EACCES = 13;
    private const int EINVAL = 22;
    private const int ENOSYS = 38;

    /// <summary>Kernels before charge maps to the limit of locked memory.</summary>
    private static readonly Version WithoutMemlock = new(5, 11);

    /// <summary>What it means, in one line: the missing right, option or mount, where that can be told.</summary>
    internal string Explain() => $"{Call}: errno {Errno}, " + (Errno switch
    {
        EINVAL when IsConfidential => "lockdown=confidentiality forbids reading kernel memory",
        EPERM or EACCES when IsConfidential => "lockdown=confidentiality forbids it",
        EPERM when !HasLog && Kernel < WithoutMemlock =>
            "not permitted, though CAP_BPF and CAP_PERFMON are there: RLIMIT_MEMLOCK is too low and could not be raised (CAP_SYS_RESOURCE), or this kernel does not allow this kind of hook",
        EPERM or EACCES when HasLog => "the kernel's verifier refuses it",
        EPERM or EACCES => "not permitted, though CAP_BPF and CAP_PERFMON are there: this kernel does not allow this kind of hook",
        EINVAL when HasLog => "the kernel's verifier refuses it",
        EINVAL => "the kernel does not know this kind of program or hook",
        ENOSYS => "the kernel has no BPF (CONFIG_BPF_SYSCALL)",
        ENOMEM => "the kernel has no memory for it: give rings.highKiB and rings.bulkKiB less, or the agent more (MemoryMax)",
        LibC.ENOENT when !HasTracefs => "tracefs is not mounted (mount -t tracefs tracefs /sys/kernel/tracing)",
        LibC.ENOENT => "the kernel has no such hook",
        _ => Marshal.GetPInvokeErrorMessage(Errno),
    });

    private bool IsConfidential => Lockdown == "confidentiality";
}
