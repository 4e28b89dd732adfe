namespace EdgeAgent.SelfTest;

/// <summary>What the self-tests of this life found so far. Immutable.</summary>
/// <param name="Proven">Hooks that reported when they were set off, the last time that something could be said of them.</param>
/// <param name="Silent">Hooks that did not.</param>
/// <param name="JudgedBootNs">When the last test was judged, ns since boot; 0 = none was.</param>
internal sealed record HookVerdicts(Hooks Proven, Hooks Silent, ulong JudgedBootNs)
{
    /// <summary>Nothing is known.</summary>
    internal static readonly HookVerdicts None = new(Hooks.None, Hooks.None, 0);
}
