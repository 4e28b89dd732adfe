using System.Runtime.InteropServices;
using Support.Servers;

namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>A test that looks at what happened in a Debian guest; skipped where none can run, or there is no agent to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestFactAttribute : FactAttribute
{
    /// <summary>Looks for all that it takes.</summary>
    public GuestFactAttribute() => Skip = Missing;

    /// <summary>Why there is no guest; null when there is one.</summary>
    internal static string? Missing { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "The guest is an x86-64 host under Linux."
        : !Environment.IsPrivilegedProcess ? "Only root can run a guest."
        : File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name != "pid:[4026531836]" ? "The guest needs the machine's process ids; this is a container with its own."
        : !File.ReadLines("/proc/self/mountinfo").Any(line => line.Contains(" - cgroup2 ", StringComparison.Ordinal)) ? "The guest needs cgroup v2, and none is mounted."
        : !Directory.Exists(InstallGuest.Root) ? "There is no guest: make guest."
        : !File.Exists(InstallGuest.Archive) ? "There is no agent to install: make publish."
        : File.Exists(Path.Combine(InstallGuest.PublishedAgent, "edge-agent.dll")) ? "The published agent is not one file of machine code."
        : Emulators.MissingReason;
}
