namespace Detection.Findings;

/// <summary>How sure it is that a rule fired.</summary>
public enum Verdict
{
    /// <summary>More events could not change it.</summary>
    Certain = 0,

    /// <summary>
    /// The condition holds over the events that are known, but events that it depends on were lost or forgotten: with them it might
    /// not hold.
    /// </summary>
    Unknown = 1,
}
