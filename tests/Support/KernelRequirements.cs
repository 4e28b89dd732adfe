using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Support;

/// <summary>What tests with real probes need of this machine. Thread-safe.</summary>
public static class KernelRequirements
{
    private const string IoUringSwitch = "/proc/sys/kernel/io_uring_disabled";

    private static readonly Lazy<string?> Common = new(FindMissing);

    /// <summary>The agent's executable of the same build configuration as the tests.</summary>
    public static string AgentExecutable { get; } = Path.Combine(
        Repository.Root, "artifacts", "bin", "EdgeAgent", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "edge-agent");

    /// <summary>The program that does things and tells the truth about them.</summary>
    public static string TriggerExecutable { get; } = Path.Combine(Repository.Root, "artifacts", "triggers", "trigger");

    /// <summary>Why no such test can run here; null when they can.</summary>
    public static string? Missing => Common.Value;

    /// <summary>Why a test that needs these programs too cannot run here; null when it can.</summary>
    public static string? MissingFor(IEnumerable<string> programs) =>
        Missing ?? (programs.FirstOrDefault(p => FindProgram(p) is null) is { } program ? $"{program} is not installed" : null);

    /// <summary>Why io_uring cannot be used here; null when it can. Kernels before 6.6 have no switch.</summary>
    public static string? MissingForIoUring =>
        File.Exists(IoUringSwitch) && File.ReadAllText(IoUringSwitch).Trim() != "0" ? $"io_uring is switched off ({IoUringSwitch})" : null;

    /// <summary>The path of a program on PATH, or null.</summary>
    public static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static string? FindMissing()
    {
        var bpf = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x86_64";
        return !OperatingSystem.IsLinux() ? "needs Linux"
            : !Environment.IsPrivilegedProcess ? "needs root"
            : !File.Exists("/sys/kernel/btf/vmlinux") ? "this kernel has no BTF (/sys/kernel/btf/vmlinux)"
            : !File.ReadLines("/proc/self/mountinfo").Any(l => l.Contains(" - cgroup2 ", StringComparison.Ordinal)) ? "no cgroup v2 is mounted"
            : !NativeLibrary.TryLoad("libbpf.so.1", out _) ? "libbpf.so.1 is not installed"
            : !File.Exists(Path.Combine(Repository.Root, "artifacts", "bpf", bpf, "edge.bpf.o")) ? "the probes are not built: make -C bpf"
            : !File.Exists(AgentExecutable) ? $"the agent is not built: {AgentExecutable}"
            : !File.Exists(TriggerExecutable) ? "the trigger is not built: make -C tests/Kernel.Tests/native"
            : RefusalOfBpf();
    }

    private static string? RefusalOfBpf()
    {
        using var trigger = Process.Start(new ProcessStartInfo(TriggerExecutable, ["bpf_usable"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = trigger.StandardError.ReadToEnd();
        trigger.WaitForExit();
        return trigger.ExitCode == 0 ? null : $"this kernel does not let us use BPF: {error.Trim()}";
    }
}
