using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Cdk;

/// <summary>The function that evaluates the rules, its role and its mapping to the stream.</summary>
public sealed class Detection : Construct
{
    /// <summary>The published assembly. It is an executable, so its bare name is the handler.</summary>
    public const string Handler = "AlertLambda";

    // This version of the construct library knows no constant for .NET 10.
    internal static readonly Runtime DotNet = new("dotnet10", RuntimeFamily.DOTNET_CORE);

    // One batch of a shard at a time; shards are taken side by side, for what they remember together is in the table.
    private const int BatchesPerShard = 1;
    private const int BatchSize = 200;
    // The function answers with a failure only for what passes by itself (SNS, throttling), and that may take an hour. What crashes
    // it is bisected out and discarded after these tries.
    private const int RetryAttempts = 1000;
    private const int LongestRecordAgeSeconds = 7 * 24 * 3600;

    /// <summary>Creates function and mapping.</summary>
    public Detection(
        Construct scope,
        string id,
        PipelineStackProps props,
        Ingest ingest,
        State state,
        Alerting alerting,
        DiscardedBatches discarded)
        : base(scope, id)
    {
        Logs = new LogGroup(this, "Logs", new LogGroupProps
        {
            Retention = props.LogRetention,
            RemovalPolicy = props.DataRemoval,
        });
        Function = new Function(this, "Function", new FunctionProps
        {
            Description = $"Evaluates security rules over host telemetry ({props.EnvironmentName})",
            Runtime = DotNet,
            Architecture = Architecture.ARM_64,
            Handler = Handler,
            Code = Code.FromAsset(props.FunctionFolder),
            MemorySize = 512,
            Timeout = Duration.Seconds(60),
            Role = Policies.FunctionRole(this,
            [
                .. ingest.ReadStatements(), .. state.ItemStatements(), .. alerting.PublishStatements(), .. discarded.WriteStatements(),
                Policies.WriteLogs(Logs),
            ]),
            LogGroup = Logs,
            Environment = new Dictionary<string, string>(Variables(props, state, alerting))
            {
                ["QUARANTINE_BUCKET"] = discarded.Bucket.BucketName,
            },
        });
        Mapping = CreateMapping(props, ingest, discarded);
    }

    /// <summary>What the function says.</summary>
    public LogGroup Logs { get; }

    /// <summary>The function.</summary>
    public Function Function { get; }

    /// <summary>What polls the stream and calls the function; <see cref="CfnEventSourceMapping.AttrId"/> is its UUID.</summary>
    public CfnEventSourceMapping Mapping { get; }

    /// <summary>What the executable must know, whatever its task.</summary>
    internal static Dictionary<string, string> Variables(PipelineStackProps props, State state, Alerting alerting)
    {
        var variables = Always(props, state, alerting);
        if (alerting.Findings is not null)
        {
            variables["ALERT_FINDINGS_TOPIC_ARN"] = alerting.Findings.TopicArn;
        }

        return variables;
    }

    private static Dictionary<string, string> Always(PipelineStackProps props, State state, Alerting alerting) => new()
    {
        ["ALERT_EMAIL_TOPIC_ARN"] = alerting.Email.TopicArn,
        ["ALERT_CHAT_TOPIC_ARN"] = alerting.Chat.TopicArn,
        ["STATE_TABLE"] = state.Table.TableName,
        ["RULES_PATH"] = "rules",
        ["ENVIRONMENT_NAME"] = props.EnvironmentName,
        // 16 MiB between two garbage collections, never more: the runtime would let it become 200. No setting bounds the heap itself: what is
        // remembered must not end the process.
        ["DOTNET_GCgen0size"] = "0x1000000",
        ["DOTNET_GCGen0MaxBudget"] = "0x1000000",
        // A batch's JSON is no large object up to 3 MiB: those are collected seldom, and leave holes.
        ["DOTNET_GCLOHThreshold"] = "0x300000",
    };

    // The plain resource, because KinesisEventSource with S3OnFailureDestination grants reading and deleting in the bucket too.
    private CfnEventSourceMapping CreateMapping(PipelineStackProps props, Ingest ingest, DiscardedBatches discarded)
    {
        var mapping = new CfnEventSourceMapping(this, "Mapping", new CfnEventSourceMappingProps
        {
            EventSourceArn = ingest.Stream.StreamArn,
            FunctionName = Function.FunctionArn,
            StartingPosition = "TRIM_HORIZON",
            BatchSize = BatchSize,
            MaximumBatchingWindowInSeconds = 0,
            ParallelizationFactor = BatchesPerShard,
            FunctionResponseTypes = ["ReportBatchItemFailures"],
            BisectBatchOnFunctionError = true,
            MaximumRetryAttempts = RetryAttempts,
            // An hour before the stream forgets a record Lambda discards it, and so keeps a copy in the bucket.
            MaximumRecordAgeInSeconds = Math.Min((props.RetentionHours - 1) * 3600, LongestRecordAgeSeconds),
            DestinationConfig = new CfnEventSourceMapping.DestinationConfigProperty
            {
                OnFailure = new CfnEventSourceMapping.OnFailureProperty { Destination = discarded.Bucket.BucketArn },
            },
        });
        // Counts of dropped and discarded records are off unless asked for; the property is newer than this library.
        mapping.AddPropertyOverride("MetricsConfig.Metrics", new[] { "EventCount" });
        return mapping;
    }
}
