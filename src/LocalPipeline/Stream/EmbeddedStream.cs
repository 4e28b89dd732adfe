using System.Globalization;
using System.Threading.Channels;
using AlertLambda;
using AlertLambda.Intake;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using LocalPipeline.Commands;
using Wire.Text;

namespace LocalPipeline.Stream;

/// <summary>
/// The stream of one machine: what the agent ships becomes the records of one shard, and the function's pipeline takes them in
/// order, again from the first unfinished record when it stopped, as Lambda's event source mapping does.
/// </summary>
/// <remarks>In memory, bounded: a function that does not keep up slows the sink, never the probes. Thread-safe.</remarks>
/// <param name="pipeline">The function's pipeline; used by <see cref="RunAsync"/> only.</param>
internal sealed class EmbeddedStream(AlertPipeline pipeline) : IRecordSink
{
    private const string Shard = "shardId-000000000000";
    private const int Capacity = 256;
    private const int BatchSize = 100;
    private static readonly TimeSpan InvocationTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly Channel<StreamRecord> _records = Channel.CreateBounded<StreamRecord>(Capacity);
    private long _sequence;

    /// <inheritdoc/>
    public string Name => "embedded stream";

    /// <summary>Sums over all batches; read after <see cref="RunAsync"/> has ended.</summary>
    internal StreamTotals Totals { get; } = new();

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        await PutAsync(batch.HostId, batch.Bytes, cancellation);
        return ShipOutcome.Delivered;
    }

    /// <summary>Puts one record.</summary>
    /// <exception cref="ChannelClosedException">The function failed, or the stream was closed.</exception>
    internal async Task PutAsync(string partitionKey, ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var sequence = Interlocked.Increment(ref _sequence).ToString(CultureInfo.InvariantCulture);
        await _records.Writer.WriteAsync(new StreamRecord(Shard, sequence, partitionKey, data), cancellation);
    }

    /// <summary>No more records will come.</summary>
    internal void Close() => _records.Writer.TryComplete();

    /// <summary>Invokes the function until the stream is closed and empty.</summary>
    /// <remarks>When the function fails with an exception, so do all that put records from then on: nobody waits for a reader that is gone.</remarks>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await InvokeAsync(cancellation);
        }
        catch (Exception e)
        {
            _records.Writer.TryComplete(e);
            throw;
        }
    }

    private async Task InvokeAsync(CancellationToken cancellation)
    {
        var batch = new List<StreamRecord>();
        while (await _records.Reader.WaitToReadAsync(cancellation))
        {
            while (batch.Count < BatchSize && _records.Reader.TryRead(out var record))
            {
                batch.Add(record);
            }

            while (batch.Count > 0)
            {
                var started = TimeProvider.System.GetTimestamp();
                using var budget = new TimeBudget(() => InvocationTime - TimeProvider.System.GetElapsedTime(started));
                var result = await pipeline.RunAsync(batch, budget);
                Totals.Add(result.Counters);
                if (result.Reason == StopReason.NotStored)
                {
                    // A disk, not a service: it does not pass by itself.
                    throw new UnusableFileException($"--state: {SafeText.Escape(result.Fault ?? "")}", new IOException(result.Fault));
                }

                batch.RemoveRange(0, result.StoppedAt is null ? batch.Count : batch.IndexOf(result.StoppedAt));
                if (batch.Count > 0)
                {
                    await Task.Delay(RetryPause, TimeProvider.System, cancellation);
                }
            }
        }
    }
}
