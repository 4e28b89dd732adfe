namespace AlertLambda.Tuning;

/// <summary>What becomes of a report of an incident.</summary>
public enum NoiseDecision
{
    /// <summary>People are told.</summary>
    Tell = 0,

    /// <summary>It is counted, and told with others in one message.</summary>
    SumUp = 1,

    /// <summary>It has no news: an incident that closes as it was told, or whose opening was summed up.</summary>
    Nothing = 2,
}
