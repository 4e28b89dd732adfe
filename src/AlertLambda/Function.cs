using AlertLambda.Intake;
using AlertLambda.Logging;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;

namespace AlertLambda;

/// <summary>The handler: a batch of Kinesis records in, the first unfinished sequence number out (<c>ReportBatchItemFailures</c>).</summary>
/// <remarks>One invocation at a time, as Lambda does it: what the pipeline remembers lives from one to the next.</remarks>
/// <param name="pipeline">Takes the records.</param>
/// <param name="environment">Name of the deployment, for metrics; not empty.</param>
/// <param name="log">The function's log.</param>
/// <param name="clock">Stamps metrics.</param>
public sealed class Function(AlertPipeline pipeline, string environment, JsonLog log, TimeProvider clock)
{
    private readonly HeapTrim _heap = new();

    /// <summary>Takes one batch.</summary>
    /// <returns>No failures, or exactly one: the record from which Lambda must deliver again.</returns>
    public async Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(kinesisEvent);
        ArgumentNullException.ThrowIfNull(context);
        using var time = new TimeBudget(() => context.RemainingTime);
        var records = KinesisIntake.Records(kinesisEvent);
        var result = await pipeline.RunAsync(records, time);
        InvocationLine.Write(log, environment, context.AwsRequestId, result, records.Count, clock.GetUtcNow());
        if (!time.IsSpent)
        {
            _heap.EndBatch();
        }

        return new StreamsEventResponse
        {
            BatchItemFailures = result.StoppedAt is null
                ? []
                : [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = result.StoppedAt.SequenceNumber }],
        };
    }
}
