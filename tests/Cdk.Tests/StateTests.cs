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
    public void Nobody_may_touch_the_table_while_nothing_uses_it() =>
        Assert.DoesNotContain(
            Grants.IdentityPolicies(stack).SelectMany(Grants.Allowed),
            grant => grant.StartsWith("dynamodb:", StringComparison.Ordinal));
}
