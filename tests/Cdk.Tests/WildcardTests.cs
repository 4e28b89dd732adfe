using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>Every wildcard in every policy, with the reason for it. Any other fails.</summary>
[Collection(nameof(EveryStack))]
public sealed class WildcardTests(EveryStack stacks)
{
    // What, and why AWS demands it or why it is narrow all the same.
    private static readonly (string Grant, string Reason)[] Known =
    [
        ("s3:PutObject on DiscardedBatchesBucket.Arn/*", "objects have no names yet"),
        ("s3:AbortMultipartUpload on ArchiveBucket.Arn/events/*", "objects have no names yet"),
        ("s3:AbortMultipartUpload on ArchiveBucket.Arn/errors/*", "objects have no names yet"),
        ("s3:GetObject on ArchiveBucket.Arn/events/*", "Firehose and the way to OpenSearch: objects have no names yet"),
        ("s3:GetObject on ArchiveBucket.Arn/errors/*", "objects have no names yet"),
        ("s3:PutObject on ArchiveBucket.Arn/events/*", "objects have no names yet"),
        ("s3:PutObject on ArchiveBucket.Arn/errors/*", "objects have no names yet"),
        ("es:ESHttpGet on DOMAIN/*", "a domain's requests are below it"),
        ("es:ESHttpHead on DOMAIN/*", "a domain's requests are below it"),
        ("es:ESHttpPost on DOMAIN/*", "a domain's requests are below it"),
        ("es:ESHttpPut on DOMAIN/*", "a domain's requests are below it"),
    ];

    public static TheoryData<string> Stacks => EveryStack.Names;

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void No_role_has_a_wildcard_but_those_with_a_reason(string name)
    {
        var stack = stacks[name];
        var wide = Grants.IdentityPolicies(stack).SelectMany(Grants.Allowed).Where(grant => grant.Contains('*', StringComparison.Ordinal)).Select(Plain).Distinct();

        Assert.All(wide, grant => Assert.Contains(grant, Known.Select(one => one.Grant)));
    }

    [NodeFact]
    public void Every_reason_is_still_needed() =>
        Assert.Equal(
            Known.Select(one => one.Grant).Order(StringComparer.Ordinal),
            Grants.IdentityPolicies(stacks[nameof(FullStack)]).SelectMany(Grants.Allowed).Where(grant => grant.Contains('*', StringComparison.Ordinal))
                .Select(Plain).Distinct().Order(StringComparer.Ordinal));

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void No_role_is_given_a_policy_of_aws_and_each_is_assumed_by_one_service(string name)
    {
        var own = stacks[name].Resources.Where(one => (string?)one.Value!["Type"] == "AWS::IAM::ManagedPolicy").Select(one => one.Key).ToHashSet();
        Assert.All(stacks[name].OfType("AWS::IAM::Role").Select(one => one["Properties"]!), role =>
        {
            Assert.All(role["ManagedPolicyArns"]?.AsArray() ?? [], policy => Assert.Contains(Intrinsic.Text(policy), own));
            var trust = Assert.Single(role["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())!;
            Assert.Equal("sts:AssumeRole", (string?)trust["Action"]);
            Assert.NotNull(trust["Principal"]!["Service"]);
        });
    }

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Keys_are_used_by_the_account_and_by_cloudwatch_alone(string name) =>
        Assert.All(
            stacks[name].OfType("AWS::KMS::Key").SelectMany(key => key["Properties"]!["KeyPolicy"]!["Statement"]!.AsArray()),
            statement => Assert.True(IsAccount(statement!) || IsAlarm(statement!), statement!.ToJsonString()));

    private static bool IsAccount(JsonNode statement) =>
        statement["Principal"]!["AWS"] is { } account && Intrinsic.Text(account).EndsWith(":root", StringComparison.Ordinal);

    private static bool IsAlarm(JsonNode statement) =>
        (string?)statement["Principal"]!["Service"] == "cloudwatch.amazonaws.com" && statement["Condition"]!["StringEquals"]!["aws:SourceAccount"] is not null;

    // Logical ids end with a hash of their path.
    private static string Plain(string grant) =>
        System.Text.RegularExpressions.Regex.Replace(
            System.Text.RegularExpressions.Regex.Replace(grant, "(?<= on [A-Za-z]+)[0-9A-F]{8}(?=[.])", ""), " on arn:aws[a-z-]*:es:.*domain/events", " on DOMAIN");
}
