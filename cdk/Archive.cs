using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KinesisFirehose;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Cdk;

/// <summary>
/// All events as OCSF lines in S3: Data Firehose reads the stream as a second consumer and has the published function, with the task to archive, turn
/// frames into lines. Nothing of it is in the way of detection.
/// </summary>
public sealed class Archive : Construct
{
    /// <summary>Where events lie in the bucket, by hour of arrival (UTC).</summary>
    public const string EventPrefix = "events/";

    /// <summary>Where frames lie that could not be turned into lines.</summary>
    public const string ErrorPrefix = "errors/";

    private const string ByHour = "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

    /// <summary>Creates bucket, key, function and delivery, and the way to OpenSearch if a domain is given.</summary>
    public Archive(Construct scope, string id, PipelineStackProps props, EventArchive archive, Ingest ingest)
        : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = "Encrypts archived events",
            EnableKeyRotation = true,
            RemovalPolicy = props.DataRemoval,
        });
        Bucket = CreateBucket(props, archive.Days);
        Logs = new LogGroup(this, "Logs", new LogGroupProps { Retention = props.LogRetention, RemovalPolicy = props.DataRemoval });
        Function = CreateFunction(props);
        Delivery = CreateDelivery(props, ingest);
        if (archive.OpenSearch is not null)
        {
            Search = new ArchiveSearch(this, "Search", props, archive.OpenSearch, this);
        }
    }

    /// <summary>The bucket.</summary>
    public Bucket Bucket { get; }

    /// <summary>The key of the bucket.</summary>
    public Key Key { get; }

    /// <summary>What the transformation says.</summary>
    public LogGroup Logs { get; }

    /// <summary>The transformation.</summary>
    public Function Function { get; }

    /// <summary>What reads the stream and writes the bucket.</summary>
    public CfnDeliveryStream Delivery { get; }

    /// <summary>The way to OpenSearch; null for none.</summary>
    public ArchiveSearch? Search { get; }

    // S3 passes the bucket's ARN as encryption context (bucket key), so the key serves this bucket only.
    internal Dictionary<string, object> OnlyForBucket() => Policies.Condition("StringEquals", "kms:EncryptionContext:aws:s3:arn", Bucket.BucketArn);

    private Bucket CreateBucket(PipelineStackProps props, int days) => new(this, "Bucket", new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        EnforceSSL = true,
        Encryption = BucketEncryption.KMS,
        EncryptionKey = Key,
        BucketKeyEnabled = true,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        LifecycleRules =
        [
            new LifecycleRule { Expiration = Duration.Days(days), AbortIncompleteMultipartUploadAfter = Duration.Days(1) },
        ],
        // A bucket with objects cannot be deleted: where data goes with the stack, it is emptied by hand first.
        RemovalPolicy = props.DataRemoval,
    });

    private Function CreateFunction(PipelineStackProps props) => new(this, "Function", new FunctionProps
    {
        Description = $"Turns frames into OCSF lines ({props.EnvironmentName})",
        Runtime = Detection.DotNet,
        Architecture = Architecture.ARM_64,
        Handler = Detection.Handler,
        Code = Code.FromAsset(props.FunctionFolder),
        MemorySize = 512,
        Timeout = Duration.Seconds(60),
        Role = Policies.FunctionRole(this, [Policies.WriteLogs(Logs)]),
        LogGroup = Logs,
        Environment = new Dictionary<string, string>
        {
            ["FUNCTION_TASK"] = "archive",
            // Each record becomes a member of the gzip file that the object is.
            ["ARCHIVE_COMPRESSION"] = "gzip",
        },
    });

    private CfnDeliveryStream CreateDelivery(PipelineStackProps props, Ingest ingest)
    {
        var logs = new LogGroup(this, "DeliveryLogs", new LogGroupProps { Retention = props.LogRetention, RemovalPolicy = props.DataRemoval });
        var errors = new LogStream(this, "DeliveryErrors", new LogStreamProps { LogGroup = logs, RemovalPolicy = props.DataRemoval });
        // With its version, as Firehose calls it: the role may call this and no other.
        var transformation = $"{Function.FunctionArn}:$LATEST";
        var role = DeliveryRole(ingest, transformation, logs, errors);
        return new CfnDeliveryStream(this, "Delivery", new CfnDeliveryStreamProps
        {
            DeliveryStreamType = "KinesisStreamAsSource",
            KinesisStreamSourceConfiguration = new CfnDeliveryStream.KinesisStreamSourceConfigurationProperty
            {
                KinesisStreamArn = ingest.Stream.StreamArn,
                RoleArn = role.RoleArn,
            },
            ExtendedS3DestinationConfiguration = new CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty
            {
                BucketArn = Bucket.BucketArn,
                RoleArn = role.RoleArn,
                Prefix = EventPrefix + ByHour,
                ErrorOutputPrefix = ErrorPrefix + "!{firehose:error-output-type}/" + ByHour,
                FileExtension = ".jsonl.gz",
                CompressionFormat = "UNCOMPRESSED",
                BufferingHints = new CfnDeliveryStream.BufferingHintsProperty { SizeInMBs = 64, IntervalInSeconds = 300 },
                CloudWatchLoggingOptions = new CfnDeliveryStream.CloudWatchLoggingOptionsProperty
                {
                    Enabled = true,
                    LogGroupName = logs.LogGroupName,
                    LogStreamName = errors.LogStreamName,
                },
                ProcessingConfiguration = Transform(transformation, role),
            },
        });
    }

    // 0.2 MB of frames, the least: their lines must fit the 6 MB of an answer.
    private static CfnDeliveryStream.ProcessingConfigurationProperty Transform(string function, Role role) => new()
    {
        Enabled = true,
        Processors = new object[]
        {
            new CfnDeliveryStream.ProcessorProperty
            {
                Type = "Lambda",
                Parameters = new object[]
                {
                    Parameter("LambdaArn", function), Parameter("RoleArn", role.RoleArn), Parameter("NumberOfRetries", "3"),
                    Parameter("BufferSizeInMBs", "0.2"), Parameter("BufferIntervalInSeconds", "60"),
                },
            },
        },
    };

    private static CfnDeliveryStream.ProcessorParameterProperty Parameter(string name, string value) => new() { ParameterName = name, ParameterValue = value };

    // The lists of the Firehose guide (controlling-access), without what only other destinations use.
    private Role DeliveryRole(Ingest ingest, string transformation, LogGroup logs, LogStream errors) => new(this, "DeliveryRole", new RoleProps
    {
        AssumedBy = new ServicePrincipal("firehose.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = Policies.Condition("StringEquals", "sts:ExternalId", Aws.ACCOUNT_ID),
        }),
        InlinePolicies = new Dictionary<string, PolicyDocument>
        {
            ["delivery"] = new(new PolicyDocumentProps
            {
                Statements =
                [
                    .. ingest.FirehoseStatements(),
                    Policies.Allow("Transform", ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"], transformation),
                    Policies.Allow("FindBucket", ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], Bucket.BucketArn),
                    // By wildcard: the objects have no names yet.
                    Policies.Allow("WriteObjects", ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                        [Bucket.ArnForObjects(EventPrefix + "*"), Bucket.ArnForObjects(ErrorPrefix + "*")]),
                    Policies.Allow("EncryptObjects", ["kms:Decrypt", "kms:GenerateDataKey"], Key.KeyArn, OnlyForBucket()),
                    Policies.Allow("WriteErrors", ["logs:PutLogEvents"],
                        $"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:{logs.LogGroupName}:log-stream:{errors.LogStreamName}"),
                ],
            }),
        },
    });
}
