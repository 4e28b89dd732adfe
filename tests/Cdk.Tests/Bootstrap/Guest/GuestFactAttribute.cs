using System.Runtime.InteropServices;
using Support.Servers;

namespace Cdk.Tests.Bootstrap.Guest;

/// <summary>A test that looks at what happened in a booted Debian guest; skipped where none can be booted, or there is no agent to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestFactAttribute : FactAttribute
{
    /// <summary>Looks for all that booting takes.</summary>
    public GuestFactAttribute() => Skip = Missing;

    /// <summary>Why no guest can be booted; null when one can, as far as it is known before it is built.</summary>
    internal static string? Missing { get; } =
        Environment.GetEnvironmentVariable("GUEST") != "1" ? "The guest is emulated and has not come to its end within its time limits yet: GUEST=1 boots it."
        : !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "The guest is an x86-64 machine under Linux."
        : !Environment.IsPrivilegedProcess ? "The guest's file system can only be made by root."
        : !File.Exists("/etc/debian_version") ? "The guest is made of Debian's packages, by Debian's tools."
        : !File.Exists(InstallGuest.Archive) ? "There is no agent to install: make publish."
        : File.Exists(Path.Combine(InstallGuest.PublishedAgent, "edge-agent.dll")) ? "The published agent is not one file of machine code."
        : Emulators.MissingReason;
}
