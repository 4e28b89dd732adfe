using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.Options;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tuning;
using Amazon.DynamoDBv2;
using Amazon.Kinesis;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleNotificationService;
using Detection;
using Detection.Rules;
using Detection.Tuning;

namespace AlertLambda;

/// <summary>The function's parts in AWS, joined for its task.</summary>
internal sealed class FunctionHost : IDisposable
{
    // Short time-outs, few retries: a batch that stops in time is delivered again, one that hangs costs its whole time.
    private const int Retries = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AmazonSimpleNotificationServiceClient _sns = new(new AmazonSimpleNotificationServiceConfig
    {
        RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries, Timeout = Patience,
    });

    private readonly AmazonDynamoDBClient _dynamo = new(new AmazonDynamoDBConfig
    {
        RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries, Timeout = Patience,
    });

    private readonly AmazonKinesisClient _kinesis = new(new AmazonKinesisConfig
    {
        RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries, Timeout = Patience,
    });

    private readonly AlertOptions _options;
    private readonly JsonLog _log;
    private readonly DynamoStore _store;
    private readonly DetectionEngine _engine;
    private readonly EngineItems _items;
    private readonly ShardKeeper _keeper;
    private readonly NewsDesk _desk;
    private readonly OutboxDelivery _delivery;
    private AmazonS3Client? _s3;

    internal FunctionHost(AlertOptions options, RulePack rules, TuningPlan tuning, JsonLog log)
    {
        (_options, _log) = (options, log);
        _store = new DynamoStore(_dynamo, options.StateTable, TimeProvider.System);
        _engine = new DetectionEngine(rules);
        var remembering = Remembering(options.Task, rules);
        _items = new EngineItems(_engine, _store, remembering, TimeProvider.System, log);
        _keeper = new ShardKeeper(new KinesisShardLog(_kinesis, TimeProvider.System), _store, _items, remembering, TimeProvider.System, log);
        _desk = new NewsDesk(
            options.EnvironmentName, rules, tuning, _items, new AlertComposer(options.EnvironmentName, rules, options.FindingsTopicArn is not null), log, TimeProvider.System);
        _delivery = new OutboxDelivery(new SnsAlertPublisher(_sns, options.EmailTopicArn, options.ChatTopicArn, options.FindingsTopicArn), log);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _s3?.Dispose();
        _sns.Dispose();
        _dynamo.Dispose();
        _kinesis.Dispose();
    }

    /// <summary>Serves invocations.</summary>
    internal async Task RunAsync()
    {
        using var bootstrap = (_options.Task == FunctionTask.Sweep
            ? LambdaBootstrapBuilder.Create(Sweep().HandleAsync)
            : LambdaBootstrapBuilder.Create<KinesisEvent, StreamsEventResponse>(Stream().HandleAsync, FunctionJsonContext.CreateSerializer())).Build();
        await bootstrap.RunAsync();
    }

    private static StateOptions Remembering(FunctionTask task, RulePack rules) =>
        task == FunctionTask.Sweep ? StateOptions.For(rules) with { WarmHosts = 0 } : StateOptions.For(rules);

    private Function Stream() => new(Pipeline(Quarantine()), _options.EnvironmentName, _log, TimeProvider.System);

    // It takes no batches: what is no frame was set aside when it came.
    private SweepFunction Sweep() => new(
        new Sweeper(
            _store, _engine, _items, _desk, _delivery, _log, TimeProvider.System,
            _options.StreamName is { } stream ? new ShardSweep(stream, _keeper, Pipeline(new LogQuarantine(_log))) : null),
        _options.EnvironmentName, _log, TimeProvider.System);

    private AlertPipeline Pipeline(IQuarantine quarantine) => new(new FrameIntake(quarantine), _engine, _items, _desk, _delivery, _keeper);

    private IQuarantine Quarantine()
    {
        var lines = new LogQuarantine(_log);
        if (_options.QuarantineBucket is not { } bucket)
        {
            return lines;
        }

        _s3 = new AmazonS3Client(new AmazonS3Config { RetryMode = RequestRetryMode.Standard, MaxErrorRetry = Retries, Timeout = Patience });
        return new S3Quarantine(_s3, bucket, lines, _log);
    }
}
