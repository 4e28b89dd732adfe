using System.Text;
using LocalPipeline.DeployCheck;
using Support;

namespace LocalPipeline.Tests.DeployCheck;

public sealed class DeployReportTests
{
    [Theory]
    [InlineData("default.template.json")]
    [InlineData("full.template.json")]
    public void Reviewed_template_is_explained_in_three_parts_with_every_role_and_a_sum(string file)
    {
        var template = StackTemplate.Read(File.ReadAllBytes(Repository.File($"tests/Fixtures/cdk/{file}")), file);

        var report = Report(template, new Fleet(100, 1));

        Assert.Contains($"CREATED: {template.Resources.Count} resources\n", report, StringComparison.Ordinal);
        Assert.All(template.Of("AWS::IAM::Role"), role => Assert.Contains($"  {role.Id}, for ", report, StringComparison.Ordinal));
        Assert.Contains("may kinesis:PutRecord on IngestStream", report, StringComparison.Ordinal);
        Assert.Contains(", only where kms:EncryptionContext:aws:kinesis:arn is IngestStream", report, StringComparison.Ordinal);
        Assert.Contains("  Kinesis, provisioned: 730 × shard and hour\n", report, StringComparison.Ordinal);
        Assert.Contains(" in all, ", report, StringComparison.Ordinal);
        Assert.Contains("(stays)", report, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_template_names_is_escaped()
    {
        var report = Report(Read("""
            {"Resources":{"A\u001b[31m":{"Type":"AWS::IAM::Role","Properties":{
              "AssumeRolePolicyDocument":{"Statement":{"Effect":"Allow","Principal":{"Service":"x\u202e"},"Action":"sts:AssumeRole"}},
              "Policies":[{"PolicyDocument":{"Statement":{"Effect":"Allow","Action":["a\nb"],"Resource":"*"}}}]}}}}
            """), new Fleet(1, 1));

        Assert.DoesNotContain('\u001b', report);
        Assert.DoesNotContain('\u202e', report);
        Assert.Contains("      may a\\x0ab on *\n", report.Replace("\\n", "\\x0a", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_template_is_told_at_once()
    {
        var fault = Assert.Throws<TemplateException>(() => Read("""{"Resources":{"A":{},"B":{"Type":"AWS::SNS::Topic","Properties":[]},"C":{"Type":"AWS::SNS::Topic"},"D":7}}"""));

        Assert.Equal(["t.json: A: it has no Type", "t.json: B: its Properties are no object", "t.json: D: it has no Type"], fault.Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Resources":[]}""")]
    [InlineData("{\"Resources\":")]
    public void What_is_no_template_is_refused_with_the_command_that_makes_one(string json) =>
        Assert.Contains("make synth", Assert.Single(Assert.Throws<TemplateException>(() => Read(json)).Faults), StringComparison.Ordinal);

    [Fact]
    public void Strange_values_are_shown_and_do_not_fail()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"Fn::Join\":[\"\",[", 18)) + "\"x\"" + string.Concat(Enumerable.Repeat("]]}", 18));
        var template = Read("""
            {"Resources":{
              "R":{"Type":"AWS::IAM::Role","DeletionPolicy":7,"Properties":{"AssumeRolePolicyDocument":null,"Policies":"none","ManagedPolicyArns":[{"Fn::If":["a","b","c"]},DEEP]}},
              "S":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":{"Ref":"Shards"},"RetentionPeriodHours":"72"}},
              "P":{"Type":"AWS::IAM::Policy"},
              "X":{"Type":"Own"}}}
            """.Replace("DEEP", deep, StringComparison.Ordinal));

        Assert.Contains("CREATED: 4 resources", Report(template, new Fleet(0, 0)), StringComparison.Ordinal);
    }

    private static StackTemplate Read(string json) => StackTemplate.Read(Encoding.UTF8.GetBytes(json), "t.json");

    private static string Report(StackTemplate template, Fleet fleet)
    {
        using var output = new StringWriter { NewLine = "\n" };
        DeployReport.Write(template, fleet, output);
        return output.ToString();
    }
}
