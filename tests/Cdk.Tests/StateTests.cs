using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class StateTests(DefaultStack stack)
{
    [NodeFact]
    public void Table_is_on_demand_encrypted_expires_items_and_can_be_restored_to_a_point_in_time() =>
        stack.Template.HasResourceProperties("AWS::DynamoDB::Table", new Dictionary<string, object>
        {
            ["KeySchema"] = new[] { new Dictionary<string, object> { ["AttributeName"] = State.PartitionKey, ["KeyType"] = "HASH" } },
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["SSESpecification"] = new Dictionary<string, object> { ["SSEEnabled"] = true },
            ["DeletionProtectionEnabled"] = true,
            ["PointInTimeRecoverySpecification"] = new Dictionary<string, object> { ["PointInTimeRecoveryEnabled"] = true },
            ["TimeToLiveSpecification"] = new Dictionary<string, object> { ["AttributeName"] = State.TimeToLive, ["Enabled"] = true },
        });
}
