using System.Text.Json;
using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>
/// The policies of the stack against the calls that the programs make (<c>tests/Fixtures/aws/calls.json</c>, recorded by the end-to-end tests): each call is
/// allowed, and each right is used, by a call or by a service of AWS that acts with the role.
/// </summary>
[Collection(nameof(FullStack))]
public sealed class PermissionTests(FullStack stack)
{
    // What no program calls by itself: who does, with its role.
    private static readonly Dictionary<string, Dictionary<string, string>> ByServices = new()
    {
        ["agent"] = new()
        {
            ["kms:GenerateDataKey"] = "Kinesis, in PutRecord to an encrypted stream",
            ["s3:GetObject"] = "the install script, by the AWS CLI",
        },
        ["function"] = new()
        {
            ["kinesis:DescribeStream"] = "the event source mapping",
            ["kinesis:DescribeStreamSummary"] = "the event source mapping",
            ["kms:Decrypt"] = "Kinesis, in GetRecords; SNS, in Publish to an encrypted topic",
            ["kms:GenerateDataKey"] = "SNS, in Publish to an encrypted topic",
            ["s3:ListBucket"] = "the on-failure destination",
            ["logs:CreateLogStream"] = "the Lambda service",
            ["logs:PutLogEvents"] = "the Lambda service",
        },
        ["sweep"] = new()
        {
            ["kms:Decrypt"] = "Kinesis, in GetRecords; SNS, in Publish to an encrypted topic",
            ["kms:GenerateDataKey"] = "SNS, in Publish to an encrypted topic",
            ["logs:CreateLogStream"] = "the Lambda service",
            ["logs:PutLogEvents"] = "the Lambda service",
        },
        ["archive"] = new()
        {
            ["logs:CreateLogStream"] = "the Lambda service",
            ["logs:PutLogEvents"] = "the Lambda service",
        },
    };

    [NodeTheory]
    [InlineData("agent")]
    [InlineData("function")]
    [InlineData("sweep")]
    [InlineData("archive")]
    public void Every_call_is_allowed_and_every_right_is_used(string program)
    {
        var calls = Calls()[program];
        var allowed = Grants.Allowed(Policy(program)).Select(grant => grant.Split(' ')[0]).Distinct().ToArray();

        Assert.Empty(calls.Except(allowed));
        Assert.Empty(allowed.Except(calls).Except(ByServices[program].Keys));
        Assert.Empty(ByServices[program].Keys.Except(allowed));
        Assert.Empty(ByServices[program].Keys.Intersect(calls));
    }

    [Fact]
    public void Record_has_all_programs_and_the_archive_calls_nothing()
    {
        Assert.Equal(ByServices.Keys.Order(), Calls().Keys.Order());
        Assert.Empty(Calls()["archive"]);
        Assert.All(Calls().Where(one => one.Key != "archive"), one => Assert.NotEmpty(one.Value));
    }

    private static Dictionary<string, string[]> Calls() => JsonSerializer.Deserialize<Dictionary<string, string[]>>(
        File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "tests", "Fixtures", "aws", "calls.json")))!;

    private JsonNode Policy(string program) => program switch
    {
        "agent" => stack.Only("AWS::IAM::ManagedPolicy", "AgentFleetHostPolicy")["PolicyDocument"]!,
        "function" => Inline("DetectionRole"),
        "sweep" => Inline("SweepRole"),
        _ => Inline("ArchiveRole"),
    };

    private JsonNode Inline(string role) => Assert.Single(stack.Only("AWS::IAM::Role", role)["Policies"]!.AsArray())!["PolicyDocument"]!;
}
