namespace EdgeAgent.Probes;

/// <summary>How a backend did when it was tried.</summary>
internal enum TrialResult
{
    /// <summary>It loads, and what set it off was reported.</summary>
    Fires,

    /// <summary>It loads; this host has nothing to set it off with.</summary>
    Untested,

    /// <summary>It loads, and what set it off was not reported.</summary>
    Silent,

    /// <summary>The kernel does not take it.</summary>
    Refused,

    /// <summary>An earlier one is used.</summary>
    NotNeeded,
}

/// <summary>One backend, tried.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Result">How it did.</param>
/// <param name="Reason">Why it is not used, in one line; empty when it could be.</param>
/// <param name="Log">What the kernel's verifier said to it, in full; empty when nothing.</param>
internal sealed record BackendTrial(Backend Backend, TrialResult Result, string Reason = "", string Log = "")
{
    /// <summary>Whether it can be used without a doubt.</summary>
    internal bool IsGood => Result is TrialResult.Fires or TrialResult.Untested;
}
