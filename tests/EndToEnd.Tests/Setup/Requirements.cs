using Support.Servers;

namespace EndToEnd.Tests.Setup;

/// <summary>What the whole path needs of this machine.</summary>
internal static class Requirements
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly string[] Tools = ["sudo", "useradd", "userdel", "setsid", "setpriv", "script", "sh", "cat"];

    /// <summary>Why the tests must skip; <c>null</c> if they can run.</summary>
    public static string? MissingReason { get; } = FindMissing();

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "The probes need root on Linux: run the tests as root.";
        }

        if (!File.Exists(KernelTypes))
        {
            return $"The kernel has no {KernelTypes}, which the probes need.";
        }

        if (!File.Exists(Programs.Probes))
        {
            return $"{Programs.Probes} is not built: run make -C bpf, then build the agent again.";
        }

        return Emulators.MissingReason
            ?? (Tools.Where(tool => !IsOnPath(tool)).ToArray() is { Length: > 0 } missing
                ? $"Not on PATH: {string.Join(", ", missing)}."
                : null);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
