using Xunit;

namespace Support;

/// <summary>A fact that loads probes into this machine's kernel and skips with a reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    /// <summary>Skips without root, without the kernel's BTF, or where the probes were not built.</summary>
    public RootFactAttribute() =>
        Skip = !Environment.IsPrivilegedProcess ? "The probes need root."
            : !File.Exists("/sys/kernel/btf/vmlinux") ? "This kernel has no BTF (CONFIG_DEBUG_INFO_BTF)."
            : !Directory.Exists(Path.Combine(Repository.Root, "artifacts", "bpf")) ? "The probes are not built: run make bpf."
            : null;
}
