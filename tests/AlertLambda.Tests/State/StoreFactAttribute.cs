using Support.Servers;

namespace AlertLambda.Tests.State;

/// <summary>A case of the conformance suite. It needs the emulators: one of the stores is in one of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute
{
    /// <summary>Skips if an emulator cannot run here.</summary>
    public StoreFactAttribute() => Skip = Emulators.MissingReason;
}
