namespace Cdk;

/// <summary>The processor family that the agent archive was published for.</summary>
public enum AgentArchitecture
{
    /// <summary>Intel and AMD instances; <c>uname -m</c> says <c>x86_64</c>.</summary>
    X64,

    /// <summary>Graviton instances; <c>uname -m</c> says <c>aarch64</c>.</summary>
    Arm64,
}
