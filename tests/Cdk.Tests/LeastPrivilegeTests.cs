using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class LeastPrivilegeTests(DefaultStack stack)
{
    [NodeFact]
    public void No_identity_policy_has_a_wildcard_action() =>
        Assert.All(Everything(), grant => Assert.DoesNotContain('*', grant.Split(" on ")[0]));

    [NodeFact]
    public void No_identity_policy_covers_all_resources() =>
        Assert.All(Everything(), grant => Assert.NotEqual("*", grant.Split(" on ")[1]));

    [NodeFact]
    public void Only_objects_among_the_discarded_batches_are_granted_by_wildcard()
    {
        var wide = Assert.Single(Everything(), grant => grant.Contains('*', StringComparison.Ordinal));

        Assert.Equal($"s3:PutObject on {stack.IdOf("AWS::S3::Bucket", "DiscardedBatches")}.Arn/*", wide);
    }

    [NodeFact]
    public void No_role_is_given_a_policy_of_aws() =>
        Assert.All(stack.OfType("AWS::IAM::Role").SelectMany(role => role["Properties"]!["ManagedPolicyArns"]?.AsArray() ?? []),
            policy => Assert.Equal(stack.IdOf("AWS::IAM::ManagedPolicy", "AgentFleet"), Intrinsic.Text(policy)));

    [NodeFact]
    public void Nothing_but_our_own_function_runs_code()
    {
        Assert.Equal(2, stack.OfType("AWS::Lambda::Function").Count);
        Assert.Single(stack.OfType("AWS::Lambda::Function").Select(function => function["Properties"]!["Code"]!.ToJsonString()).Distinct());
        Assert.DoesNotContain(stack.Resources, resource =>
            $"{resource.Value!["Type"]}".StartsWith("Custom::", StringComparison.Ordinal));
    }

    private string[] Everything()
    {
        var grants = Grants.IdentityPolicies(stack).SelectMany(Grants.Allowed).ToArray();
        Assert.NotEmpty(grants);
        return grants;
    }
}
