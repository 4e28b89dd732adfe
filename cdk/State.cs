using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Cdk;

/// <summary>The table that holds correlation state, progress and outbox: one item per host or cross-host group.</summary>
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
            PointInTimeRecovery = true,
            TimeToLiveAttribute = TimeToLive,
            Encryption = TableEncryption.AWS_MANAGED,
            DeletionProtection = props.RetainData,
            RemovalPolicy = props.DataRemoval,
        });
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>What the function needs: read and conditionally write single items. No scan, no query.</summary>
    public IReadOnlyList<PolicyStatement> UseStatements() =>
    [
        Policies.Allow("UseState",
            ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
            Table.TableArn),
    ];
}
