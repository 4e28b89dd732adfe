namespace AlertLambda.Findings;

/// <summary>What the function finds out about the pipeline itself. The names are part of what people filter by.</summary>
public enum FindingKind
{
    /// <summary>Events or frames of a host never came, and nobody said that they were lost.</summary>
    TelemetryGap = 0,

    /// <summary>Two frames claim the same place in a host's chain, or a chain begins anew in its middle: one of the senders is not the agent.</summary>
    ForgedTelemetry = 1,

    /// <summary>Records that are no frames.</summary>
    BadTelemetry = 2,

    /// <summary>A host that sent sends no more, and was not stopped.</summary>
    AgentSilent = 3,

    /// <summary>An agent says that it lost events, or that a probe does not fire.</summary>
    AgentDegraded = 4,

    /// <summary>A host's clock is ahead, or was set.</summary>
    ClockSkew = 5,

    /// <summary>A rule was not loaded.</summary>
    RuleRefused = 6,

    /// <summary>An exception of the tuning is over.</summary>
    ExceptionLapsed = 7,
}
