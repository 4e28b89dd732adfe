using EdgeAgent.Batching;

namespace EdgeAgent.Delivery;

/// <summary>Where batches leave the agent. Called by one worker, one batch at a time, in order per lane.</summary>
public interface IRecordSink
{
    /// <summary>Name for messages.</summary>
    string Name { get; }

    /// <summary>True when what waits for it is kept on disk, where the agent has a spool.</summary>
    bool IsSpooled => false;

    /// <summary>Ships one batch. Expected failures are outcomes; an exception is a bug and ends the agent.</summary>
    Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation);
}
