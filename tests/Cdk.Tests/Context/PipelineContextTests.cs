using Cdk.Context;
using Cdk.Tests.Support;

namespace Cdk.Tests.Context;

public sealed class PipelineContextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_address_and_published_artefacts_are_enough()
    {
        var props = Read((ContextKeys.AlertEmails, " soc@example.org , oncall@example.org "));

        Assert.Equal("dev", props.EnvironmentName);
        Assert.Equal(["soc@example.org", "oncall@example.org"], props.AlertEmails);
        Assert.Equal(["medium", "high", "critical"], props.EmailSeverities);
        Assert.Equal(1, props.ProvisionedShards);
        Assert.Equal(72, props.RetentionHours);
        Assert.Null(props.Slack);
        Assert.Null(props.FleetTag);
        Assert.True(props.RetainData && props.DeletionProtection && props.PointInTimeRecovery);
        Assert.False(props.Findings || props.VpcEndpoints || props.DemoHost);
        Assert.Null(props.Archive);
        Assert.Null(props.Network);
        Assert.Null(props.Env);
    }

    [Fact]
    public void Slack_alone_is_enough()
    {
        var props = Read((ContextKeys.SlackWorkspaceId, "T0123ABCD"), (ContextKeys.SlackChannelId, "C0123ABCD"));

        Assert.Equal(new SlackChannel("T0123ABCD", "C0123ABCD"), props.Slack);
        Assert.Empty(props.AlertEmails);
    }

    [Fact]
    public void Tag_value_may_hold_an_equals_sign() =>
        Assert.Equal(
            new FleetTag("role", "a=b"),
            Read((ContextKeys.AlertEmails, "a@x.org"), (ContextKeys.FleetTag, "role=a=b")).FleetTag);

    [Fact]
    public void Relative_paths_start_at_the_repository_root()
    {
        var context = _folder.WriteArtefacts();
        context[ContextKeys.AlertEmails] = "a@x.org";
        context[ContextKeys.FunctionPath] = "fn";
        context[ContextKeys.AgentPath] = "./edge-agent.tar.gz";

        var props = PipelineContext.Read(context, _folder.Path);

        Assert.Equal(Path.Combine(_folder.Path, "fn"), props.FunctionFolder);
        Assert.Equal(Path.Combine(_folder.Path, "edge-agent.tar.gz"), props.AgentArchive);
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_key_and_what_to_write()
    {
        var fault = Assert.Throws<InvalidContextException>(() => PipelineContext.Read(
            new Dictionary<string, string>
            {
                [ContextKeys.Environment] = "Prod!",
                [ContextKeys.AlertEmails] = "soc@example.org,ops",
                [ContextKeys.EmailSeverities] = "urgent",
                [ContextKeys.SlackWorkspaceId] = "T0123ABCD",
                [ContextKeys.StreamMode] = "elastic",
                [ContextKeys.Shards] = "0",
                [ContextKeys.RetentionHours] = "1e2",
                ["parallelizationFactor"] = "2",
                [ContextKeys.AgentArchitecture] = "riscv",
                [ContextKeys.FleetTag] = "edge-agent",
                [ContextKeys.RetainData] = "yes",
                [ContextKeys.Region] = "Frankfurt",
                [ContextKeys.Tags] = "aws:team=soc",
                [ContextKeys.Findings] = "maybe",
                [ContextKeys.LogDays] = "91",
                [ContextKeys.Archive] = "opensearch",
                [ContextKeys.ArchiveDays] = "0",
                [ContextKeys.OpenSearchEndpoint] = "http://plain.example.org",
                [ContextKeys.VpcId] = "default",
                [ContextKeys.VpcCidr] = "10.0.0.0/33",
                [ContextKeys.RouteTableIds] = "main",
                [ContextKeys.VpcEndpoints] = "true",
                [ContextKeys.DemoHost] = "2",
                [ContextKeys.PointInTimeRecovery] = "on",
                [ContextKeys.DeletionProtection] = "1",
                ["retentionHour"] = "24",
            },
            _folder.Path));

        Assert.Equal(
            new[]
            {
                "retentionHour", ContextKeys.Environment, ContextKeys.EmailSeverities, ContextKeys.AlertEmails,
                ContextKeys.SlackChannelId, ContextKeys.StreamMode, ContextKeys.Shards, ContextKeys.RetentionHours,
                "parallelizationFactor", ContextKeys.FunctionPath, ContextKeys.AgentPath, ContextKeys.AgentArchitecture,
                ContextKeys.FleetTag, ContextKeys.RetainData, ContextKeys.Region, ContextKeys.Tags, ContextKeys.Findings, ContextKeys.LogDays,
                ContextKeys.ArchiveDays, ContextKeys.OpenSearchDomainArn, ContextKeys.OpenSearchEndpoint, ContextKeys.VpcId, ContextKeys.VpcCidr,
                ContextKeys.RouteTableIds, ContextKeys.SubnetIds, ContextKeys.DemoHost, ContextKeys.PointInTimeRecovery, ContextKeys.DeletionProtection,
            }.Order(),
            fault.Faults.Select(one => one.Key).Order());
        Assert.All(fault.Faults, one =>
            Assert.Contains($"\n  {one.Origin}: {one.Key}: {one.Problem} {one.Remedy}", fault.Message, StringComparison.Ordinal));
        Assert.Contains("'1e2' does not fit. Write a whole number from 24 to 8760", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    public void Deployment_that_would_tell_nobody_is_refused(string emails) =>
        Assert.Equal(ContextKeys.AlertEmails, Assert.Single(Faults((ContextKeys.AlertEmails, emails))).Key);

    [Theory]
    [InlineData("edge*agent=on")]
    [InlineData("edge+agent=on")]
    [InlineData("Edge Agent=on")]
    [InlineData("soc/watched=on")]
    [InlineData("AWS:watched=on")]
    [InlineData("=on")]
    [InlineData("edge-agent=")]
    public void Tag_that_state_manager_or_a_launch_would_refuse_is_refused_here(string tag) =>
        Assert.Equal(ContextKeys.FleetTag, Assert.Single(Faults((ContextKeys.AlertEmails, "a@x.org"), (ContextKeys.FleetTag, tag))).Key);

    [Theory]
    [InlineData("Cost Center=42")]
    [InlineData("app/owner=soc")]
    [InlineData("größe=1")]
    [InlineData("..=1")]
    [InlineData("_index=1")]
    public void Tag_with_which_no_host_could_be_launched_is_refused(string tag) =>
        Assert.Equal(ContextKeys.Tags, Assert.Single(Faults((ContextKeys.AlertEmails, "a@x.org"), (ContextKeys.Tags, tag))).Key);

    [Fact]
    public void What_the_command_of_cdk_keeps_for_itself_is_no_unknown_key() =>
        Assert.Null(Record.Exception(() => Read((ContextKeys.AlertEmails, "a@x.org"), ("acknowledged-issue-numbers", "[32775]"), ("cli-telemetry", "false"))));

    [Fact]
    public void Shards_of_an_on_demand_stream_are_refused()
    {
        var fault = Assert.Single(Faults(
            (ContextKeys.AlertEmails, "a@x.org"), (ContextKeys.StreamMode, "on-demand"), (ContextKeys.Shards, "4")));

        Assert.Equal(ContextKeys.Shards, fault.Key);
    }

    [Fact]
    public void Missing_artefacts_name_the_command_that_makes_them()
    {
        var faults = Faults(
            (ContextKeys.AlertEmails, "a@x.org"),
            (ContextKeys.FunctionPath, "nowhere"),
            (ContextKeys.AgentPath, "nowhere.tar.gz"));

        Assert.Equal([ContextKeys.FunctionPath, ContextKeys.AgentPath], faults.Select(fault => fault.Key));
        Assert.All(faults, fault => Assert.Contains("make publish", fault.Remedy, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.Contains($"{_folder.Path}/nowhere", fault.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Function_without_rules_is_refused()
    {
        _folder.Write("bare/AlertLambda.dll", "");

        var fault = Assert.Single(Faults((ContextKeys.AlertEmails, "a@x.org"), (ContextKeys.FunctionPath, "bare")));

        Assert.Contains("holds no rules folder", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_the_cdk_itself_are_left_alone()
    {
        var props = Read((ContextKeys.AlertEmails, "a@x.org"), ("aws:cdk:version-reporting", "true"), ("@aws-cdk/core:x", "1"));

        Assert.Equal(["a@x.org"], props.AlertEmails);
    }

    private PipelineStackProps Read(params (string Key, string Value)[] entries)
    {
        var context = _folder.WriteArtefacts();
        foreach (var (key, value) in entries)
        {
            context[key] = value;
        }

        return PipelineContext.Read(context, _folder.Path);
    }

    private IReadOnlyList<ContextFault> Faults(params (string Key, string Value)[] entries) =>
        Assert.Throws<InvalidContextException>(() => Read(entries)).Faults;
}
