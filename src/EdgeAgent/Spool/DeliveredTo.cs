namespace EdgeAgent.Spool;

/// <summary>A place in a lane.</summary>
/// <param name="Life">The run of the agent.</param>
/// <param name="Id">The last batch that was delivered.</param>
/// <param name="Reached">The last number that was told.</param>
internal readonly record struct DeliveredTo(ulong Life, ulong Id, ulong Reached)
{
    /// <summary>Whether a batch is among those that are done.</summary>
    internal bool Covers(BatchFacts facts) => facts.Life < Life || (facts.Life == Life && facts.Id <= Id);
}
