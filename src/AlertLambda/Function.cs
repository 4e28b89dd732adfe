using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Detection;
using Detection.Rules;

namespace AlertLambda;

/// <summary>The handler: a batch of Kinesis records in, the first unfinished sequence number out (<c>ReportBatchItemFailures</c>).</summary>
/// <remarks>One invocation at a time, as Lambda does it: the engine and the outbox live from one to the next.</remarks>
public sealed class Function
{
    private readonly AlertPipeline _pipeline;
    private readonly JsonLog _log;
    private readonly string _environment;
    private readonly TimeProvider _clock;

    /// <summary>A function around a new engine.</summary>
    /// <param name="rules">Rules to evaluate.</param>
    /// <param name="environment">Name of the deployment, for alerts and metrics; not empty.</param>
    /// <param name="publisher">The way out.</param>
    /// <param name="quarantine">Keeps records that are not frames.</param>
    /// <param name="log">The function's log.</param>
    /// <param name="clock">Stamps metrics.</param>
    /// <param name="withFindings">Incidents are published as OCSF findings, too.</param>
    public Function(
        RulePack rules, string environment, IAlertPublisher publisher, IQuarantine quarantine, JsonLog log, TimeProvider clock, bool withFindings = false)
    {
        _pipeline = new AlertPipeline(
            quarantine, new DetectionEngine(rules), new AlertComposer(environment, rules, withFindings), new Outbox(publisher, log));
        _log = log;
        _environment = environment;
        _clock = clock;
    }

    /// <summary>Takes one batch.</summary>
    /// <returns>No failures, or exactly one: the record from which Lambda must deliver again.</returns>
    public async Task<StreamsEventResponse> HandleAsync(KinesisEvent kinesisEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(kinesisEvent);
        ArgumentNullException.ThrowIfNull(context);
        using var time = new TimeBudget(() => context.RemainingTime);
        var records = KinesisIntake.Records(kinesisEvent);
        var result = await _pipeline.RunAsync(records, time);
        InvocationLine.Write(_log, _environment, context.AwsRequestId, result, records.Count, _clock.GetUtcNow());
        return new StreamsEventResponse
        {
            BatchItemFailures = result.StoppedAt is null
                ? []
                : [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = result.StoppedAt.SequenceNumber }],
        };
    }
}
