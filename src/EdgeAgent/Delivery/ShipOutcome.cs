namespace EdgeAgent.Delivery;

/// <summary>What became of a batch.</summary>
public enum ShipResult
{
    /// <summary>The sink has it.</summary>
    Delivered,

    /// <summary>Not now: try the same batch again later.</summary>
    Retry,

    /// <summary>Never: the sink will not take this batch. It is counted as lost.</summary>
    Refused,
}

/// <summary>Result and reason of one attempt.</summary>
/// <param name="Result">What became of the batch.</param>
/// <param name="Reason">For people: what failed and what to do; empty when delivered.</param>
/// <param name="State">Names the trouble: outcomes of one state are reported once, however their reasons differ.</param>
public readonly record struct ShipOutcome(ShipResult Result, string Reason, string State)
{
    /// <summary>The sink has the batch.</summary>
    public static readonly ShipOutcome Delivered = new(ShipResult.Delivered, "", "");

    /// <summary>To be tried again.</summary>
    /// <param name="reason">For people.</param>
    /// <param name="state">Names the trouble; null = the reason does.</param>
    public static ShipOutcome Retry(string reason, string? state = null) => new(ShipResult.Retry, reason, state ?? reason);

    /// <summary>Not to be tried again.</summary>
    /// <param name="reason">For people.</param>
    /// <param name="state">Names the trouble; null = the reason does.</param>
    public static ShipOutcome Refused(string reason, string? state = null) => new(ShipResult.Refused, reason, state ?? reason);
}
