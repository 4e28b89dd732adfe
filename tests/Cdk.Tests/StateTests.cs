using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class StateTests(DefaultStack stack)
{
    [NodeFact]
    public void Table_is_on_demand_encrypted_expires_items_and_can_be_restored_to_a_point_in_time() =>
        stack.Template.HasResourceProperties("AWS::DynamoDB::Table", new Map
        {
            ["KeySchema"] = new[] { new Map { ["AttributeName"] = State.PartitionKey, ["KeyType"] = "HASH" } },
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["SSESpecification"] = new Map { ["SSEEnabled"] = true },
            ["DeletionProtectionEnabled"] = true,
            ["PointInTimeRecoverySpecification"] = new Map { ["PointInTimeRecoveryEnabled"] = true },
            ["TimeToLiveSpecification"] = new Map { ["AttributeName"] = State.TimeToLive, ["Enabled"] = true },
        });

    [NodeFact]
    public void Only_the_functions_may_touch_the_table_and_none_may_delete() =>
        Assert.Equal(
            ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:UpdateItem"],
            Grants.IdentityPolicies(stack).SelectMany(Grants.Allowed)
                .Where(grant => grant.StartsWith("dynamodb:", StringComparison.Ordinal)).Select(grant => grant.Split(' ')[0]).Distinct().Order());
}
