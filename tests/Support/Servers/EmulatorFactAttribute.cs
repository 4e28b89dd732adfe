using Xunit;

namespace Support.Servers;

/// <summary>A fact that needs the Node emulators and skips with a reason where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatorFactAttribute : FactAttribute
{
    /// <summary>Skips if an emulator cannot run here.</summary>
    public EmulatorFactAttribute() => Skip = Emulators.MissingReason;
}
