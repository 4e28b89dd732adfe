namespace Detection.Rules;

/// <summary>What a correlation asks of the events in its window.</summary>
public enum CorrelationType
{
    /// <summary>At least so many events.</summary>
    EventCount,

    /// <summary>One event per referenced rule, in the order of the rules.</summary>
    TemporalOrdered,
}
