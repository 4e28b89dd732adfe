using Xunit;

namespace Support.Servers;

/// <summary>A theory that needs the Node emulators and skips with a reason where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatorTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips if an emulator cannot run here.</summary>
    public EmulatorTheoryAttribute() => Skip = Emulators.MissingReason;
}
