namespace KernelMatrix;

/// <summary>How a scenario came out.</summary>
internal enum Outcome
{
    /// <summary>Reported once, every field true; or rightly not reported.</summary>
    Right,

    /// <summary>Not reported, for a reason that is known and written down.</summary>
    KnownGap,

    /// <summary>Anything else.</summary>
    Wrong,
}

/// <summary>The outcome of one scenario by one backend.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Words">The reason of a gap, or the differences; empty when right.</param>
internal sealed record Verdict(string Scenario, Outcome Outcome, string Words);
