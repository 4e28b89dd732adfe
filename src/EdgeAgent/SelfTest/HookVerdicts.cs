namespace EdgeAgent.SelfTest;

/// <summary>What the self-tests of this life found so far. Immutable.</summary>
/// <param name="proven">Hooks that reported when they were set off, the last time that something could be said of them.</param>
/// <param name="silent">Hooks that did not.</param>
/// <param name="judgedBootNs">By hook that is one of these, when that was found, ns since boot.</param>
internal sealed class HookVerdicts(Hooks proven, Hooks silent, IReadOnlyDictionary<Hooks, ulong> judgedBootNs)
{
    /// <summary>No test is over.</summary>
    internal static readonly HookVerdicts None = new(Hooks.None, Hooks.None, new Dictionary<Hooks, ulong>());

    internal Hooks Proven => proven;

    internal Hooks Silent => silent;

    /// <summary>When something was found of all of these hooks that were judged, ns since boot: the oldest time; 0 = of none.</summary>
    internal ulong JudgedBootNs(Hooks hooks) => judgedBootNs.Where(judged => hooks.HasFlag(judged.Key)).Select(judged => judged.Value).DefaultIfEmpty().Min();

    /// <summary>These, and what a test found now.</summary>
    /// <param name="judged">Hooks of which it tells something.</param>
    /// <param name="seen">Those that reported.</param>
    /// <param name="nowNs">Time since boot.</param>
    internal HookVerdicts With(Hooks judged, Hooks seen, ulong nowNs)
    {
        var times = new Dictionary<Hooks, ulong>(judgedBootNs);
        foreach (var hook in Enum.GetValues<Hooks>().Where(hook => hook is not (Hooks.None or Hooks.All) && judged.HasFlag(hook)))
        {
            times[hook] = nowNs;
        }

        return new HookVerdicts((proven & ~judged) | (judged & seen), (silent & ~judged) | (judged & ~seen), times);
    }
}
