using System.Text.RegularExpressions;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>What the public checkers of templates say: cfn-lint about form, cdk-nag about the rules "AWS Solutions". Nothing without a reason.</summary>
[Collection(nameof(EveryStack))]
public sealed partial class LintTests(EveryStack stacks)
{
    private static readonly (string Rule, string Resource, string Reason)[] Acknowledged =
    [
        ("AwsSolutions-S1", "DiscardedBatchesBucket", "nobody but the function writes it and people read it in an incident: CloudTrail data events tell that, without another bucket to protect"),
        ("AwsSolutions-S1", "ArchiveBucket", "likewise"),
        ("AwsSolutions-KDS3", "IngestStream", "a key of its own lets the key policy and the encryption context say who may use it, for the price of a dollar"),
        ("AwsSolutions-KDF1", "ArchiveDelivery", "with a Kinesis stream as source Firehose stores nothing of its own: the stream's encryption holds"),
        ("AwsSolutions-IAM5", "DetectionRole", "objects have no names yet (WildcardTests)"),
        ("AwsSolutions-IAM5", "ArchiveDeliveryRole", "objects have no names yet (WildcardTests)"),
        ("AwsSolutions-IAM5", "ArchiveSearchRole", "objects have no names yet; a domain's requests are below it (WildcardTests)"),
        ("AwsSolutions-AS3", "DemoHostGroup", "one host to try with: that it is replaced is no news"),
    ];

    public static TheoryData<string> Stacks => EveryStack.Names;

    // W3005: the construct library names a dependency that CloudFormation would find by itself; harmless.
    [LintTheory]
    [MemberData(nameof(Stacks))]
    public void Linter_finds_nothing(string name)
    {
        using var folder = new TemporaryFolder();
        var region = EveryStack.Regions.Contains(name) ? name : "eu-west-1";

        Assert.Equal((0, ""), CommandLine.Run("cfn-lint", ["--regions", region, "--ignore-checks", "W3005", "--", folder.Write("template.json", stacks[name].Json)]));
    }

    [NagTheory]
    [InlineData(nameof(DefaultStack))]
    [InlineData(nameof(VariantStack))]
    [InlineData(nameof(FullStack))]
    public void Rules_of_AWS_find_nothing_but_what_has_a_reason(string name) =>
        Assert.Empty(Findings(name).Except(Acknowledged.Select(one => (one.Rule, one.Resource))));

    [NagTheory]
    [InlineData(nameof(FullStack))]
    public void Each_reason_is_still_needed(string name) =>
        Assert.Equal(Acknowledged.Select(one => (one.Rule, one.Resource)).Order(), Findings(name).Distinct().Order());

    private IEnumerable<(string Rule, string Resource)> Findings(string name)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = CommandLine.Run("node", [Path.Combine(NagTheoryAttribute.Folder, "check.mjs"), folder.Write("template.json", stacks[name].Json)]);
        Assert.True(exitCode == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(cells => (Rule().Match(cells[0]).Value, LogicalHash().Replace(cells[1], "")))];
    }

    [GeneratedRegex("^[A-Za-z]+-[A-Z0-9]+")]
    private static partial Regex Rule();

    [GeneratedRegex("[0-9A-F]{8}$")]
    private static partial Regex LogicalHash();
}
