using System.Text.RegularExpressions;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>The same stack in the partitions of AWS: commercial, GovCloud, China.</summary>
[Collection(nameof(EveryStack))]
public sealed partial class PartitionTests(EveryStack stacks)
{
    // The domain's ARN is the deployer's own.
    private const string Domain = "arn:aws:es:eu-west-1:";

    public static TheoryData<string> Stacks => EveryStack.Names;

    public static TheoryData<string> Regions => [.. EveryStack.Regions];

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void No_arn_names_a_partition(string name) =>
        Assert.DoesNotMatch(LiteralArn(), stacks[name].Json.Replace(Domain, "", StringComparison.Ordinal));

    [NodeTheory]
    [MemberData(nameof(Stacks))]
    public void Service_principals_are_those_that_every_partition_knows(string name)
    {
        var principals = ServicePrincipal().Matches(stacks[name].Json).Select(match => match.Groups[1].Value).Distinct().Order().ToArray();

        Assert.NotEmpty(principals);
        Assert.All(principals, principal => Assert.Contains(principal, new[]
        {
            "chatbot.amazonaws.com", "cloudwatch.amazonaws.com", "ec2.amazonaws.com", "events.amazonaws.com", "firehose.amazonaws.com", "lambda.amazonaws.com",
            "osis-pipelines.amazonaws.com", "s3.amazonaws.com",
        }));
    }

    [NodeTheory]
    [MemberData(nameof(Regions))]
    public void Endpoint_of_Kinesis_has_the_name_of_its_partition(string region)
    {
        var prefix = region.StartsWith("cn-", StringComparison.Ordinal) ? "cn.com.amazonaws" : "com.amazonaws";

        Assert.Contains(
            $"{prefix}.{region}.kinesis-streams",
            stacks[region].OfType("AWS::EC2::VPCEndpoint").Select(one => Intrinsic.Text(one["Properties"]!["ServiceName"])));
    }

    [NodeFact]
    public void Resources_are_the_same_everywhere()
    {
        static IEnumerable<string> Types(SynthesisedStack stack) => stack.Resources.Select(one => $"{one.Value!["Type"]}").Order(StringComparer.Ordinal);

        Assert.All(EveryStack.Regions, region => Assert.Equal(Types(stacks[EveryStack.Regions[0]]), Types(stacks[region])));
    }

    [GeneratedRegex("arn:aws[a-z-]*:")]
    private static partial Regex LiteralArn();

    [GeneratedRegex("\"Service\": ?\"([^\"]+)\"")]
    private static partial Regex ServicePrincipal();
}
