namespace Detection.Rules;

/// <summary>What a correlation asks of the events in its window.</summary>
public enum CorrelationType
{
    /// <summary>How many events.</summary>
    EventCount,

    /// <summary>How many distinct values of a field.</summary>
    ValueCount,

    /// <summary>Which of the referenced rules occur, in any order.</summary>
    Temporal,

    /// <summary>One event per referenced rule, in the order of the rules.</summary>
    TemporalOrdered,

    /// <summary>Sum of a numeric field.</summary>
    ValueSum,

    /// <summary>Arithmetic mean of a numeric field.</summary>
    ValueAvg,

    /// <summary>A percentile of a numeric field.</summary>
    ValuePercentile,
}
