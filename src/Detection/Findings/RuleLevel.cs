namespace Detection.Findings;

/// <summary>Sigma's levels, least to most urgent.</summary>
public enum RuleLevel
{
    /// <summary>Worth keeping, not worth reading.</summary>
    Informational = 0,

    /// <summary>Rarely matters on its own.</summary>
    Low = 1,

    /// <summary>To be looked at in working hours.</summary>
    Medium = 2,

    /// <summary>To be looked at soon.</summary>
    High = 3,

    /// <summary>To be looked at now.</summary>
    Critical = 4,
}
