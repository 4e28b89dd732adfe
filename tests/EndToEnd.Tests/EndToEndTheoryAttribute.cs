using EndToEnd.Tests.Setup;

namespace EndToEnd.Tests;

/// <summary>A theory about the whole path on this machine's kernel. Skips with a reason where something is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndToEndTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips unless the whole path can run here.</summary>
    public EndToEndTheoryAttribute() => Skip = Requirements.MissingReason;
}
