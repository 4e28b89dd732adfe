using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Cdk;

/// <summary>The stream that carries frames from the hosts to the function, encrypted with a key of its own.</summary>
public sealed class Ingest : Construct
{
    /// <summary>Creates stream and key.</summary>
    public Ingest(Construct scope, string id, PipelineStackProps props)
        : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = "Encrypts the telemetry stream",
            EnableKeyRotation = true,
            RemovalPolicy = props.DataRemoval,
        });
        Stream = new Amazon.CDK.AWS.Kinesis.Stream(this, "Stream", new StreamProps
        {
            StreamMode = props.ProvisionedShards is null ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
            ShardCount = props.ProvisionedShards,
            RetentionPeriod = Duration.Hours(props.RetentionHours),
            Encryption = StreamEncryption.KMS,
            EncryptionKey = Key,
            RemovalPolicy = props.DataRemoval,
        });
    }

    /// <summary>The stream. One record is one frame of one host; the partition key is the host id.</summary>
    public Amazon.CDK.AWS.Kinesis.Stream Stream { get; }

    /// <summary>The key of the stream.</summary>
    public Key Key { get; }

    /// <summary>What a host needs to append records, and nothing else: it can neither read the stream nor decrypt.</summary>
    public IReadOnlyList<PolicyStatement> WriteStatements() =>
    [
        Policies.Allow("AppendToStream", ["kinesis:PutRecord"], Stream.StreamArn),
        Policies.Allow("EncryptForStream", ["kms:GenerateDataKey"], Key.KeyArn, OnlyForStream()),
    ];

    /// <summary>What an event source mapping needs through the function's role, and the function itself to read again.</summary>
    /// <remarks>The list of the Lambda guide (services-kinesis-create) without SubscribeToShard, which only enhanced fan-out uses.</remarks>
    public IReadOnlyList<PolicyStatement> ReadStatements() =>
    [
        Policies.Allow("ReadStream",
            [
                "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
                "kinesis:ListShards",
            ],
            Stream.StreamArn),
        Policies.Allow("DecryptStream", ["kms:Decrypt"], Key.KeyArn, OnlyForStream()),
    ];

    /// <summary>What the sweep needs to read again what the items of hosts lack.</summary>
    public IReadOnlyList<PolicyStatement> ReadAgainStatements() =>
    [
        Policies.Allow("ReadStream", ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], Stream.StreamArn),
        Policies.Allow("DecryptStream", ["kms:Decrypt"], Key.KeyArn, OnlyForStream()),
    ];

    /// <summary>What Data Firehose needs to read the stream as a second consumer.</summary>
    public IReadOnlyList<PolicyStatement> FirehoseStatements() =>
    [
        Policies.Allow("ReadStream", ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], Stream.StreamArn),
        Policies.Allow("DecryptStream", ["kms:Decrypt"], Key.KeyArn, OnlyForStream()),
    ];

    // Kinesis passes the stream's ARN as encryption context in every call to KMS, so the key serves this stream only.
    private Dictionary<string, object> OnlyForStream() =>
        Policies.Condition("StringEquals", "kms:EncryptionContext:aws:kinesis:arn", Stream.StreamArn);
}
