using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Cdk;

/// <summary>The table for correlation state, progress and outbox: one item per host or cross-host group.</summary>
/// <remarks>No index: the sweep reads the whole table, which costs less than an index that each write keeps up (docs/decisions/0022).</remarks>
public sealed class State : Construct
{
    /// <summary>Name of the partition key attribute, a string such as <c>H#i-0123</c>.</summary>
    public const string PartitionKey = "pk";

    /// <summary>Name of the attribute that holds the time of expiry, Unix seconds.</summary>
    public const string TimeToLive = "ttl";

    /// <summary>Creates the table.</summary>
    public State(Construct scope, string id, PipelineStackProps props)
        : base(scope, id)
    {
        Table = new Table(this, "Table", new TableProps
        {
            PartitionKey = new Amazon.CDK.AWS.DynamoDB.Attribute { Name = PartitionKey, Type = AttributeType.STRING },
            BillingMode = BillingMode.PAY_PER_REQUEST,
            PointInTimeRecovery = props.PointInTimeRecovery,
            TimeToLiveAttribute = TimeToLive,
            Encryption = TableEncryption.AWS_MANAGED,
            DeletionProtection = props.DeletionProtection,
            RemovalPolicy = props.DataRemoval,
        });
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>What takes batches of the stream: items by their keys.</summary>
    public IReadOnlyList<PolicyStatement> ItemStatements() =>
        [Policies.Allow("KeepState", ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], Table.TableArn)];

    /// <summary>What sweeps: the same, and the whole table.</summary>
    public IReadOnlyList<PolicyStatement> SweepStatements() =>
        [.. ItemStatements(), Policies.Allow("FindWaiting", ["dynamodb:Scan"], Table.TableArn)];
}
