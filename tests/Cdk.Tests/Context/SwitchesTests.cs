using Cdk.Context;
using Cdk.Tests.Support;

namespace Cdk.Tests.Context;

/// <summary>Keys that need others, or exclude them.</summary>
public sealed class SwitchesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_can_be_switched_on()
    {
        var props = Read(FullStack.Settings());

        Assert.True(props.Findings && props.VpcEndpoints && props.DemoHost);
        Assert.Equal(new EventArchive(730, new OpenSearchDomain("arn:aws:es:eu-west-1:111122223333:domain/events", "https://events.example.org")), props.Archive);
        Assert.Equal(["subnet-0123abcd", "subnet-4567cdef"], props.Network!.SubnetIds);
        Assert.Equal("soc", props.ResourceTags["team"]);
    }

    [Fact]
    public void Table_is_protected_as_long_as_data_is_retained_unless_said_otherwise()
    {
        Assert.False(Read(Minimal((ContextKeys.RetainData, "false"))).DeletionProtection);
        Assert.True(Read(Minimal((ContextKeys.RetainData, "false"), (ContextKeys.DeletionProtection, "true"))).DeletionProtection);
    }

    [Theory]
    [InlineData(ContextKeys.ArchiveDays, "30")]
    [InlineData(ContextKeys.OpenSearchEndpoint, "https://events.example.org")]
    [InlineData(ContextKeys.RouteTableIds, "rtb-0123abcd")]
    public void Key_without_effect_is_refused(string key, string value) =>
        Assert.Equal((key, "It has no effect."), Fault(Minimal((key, value))));

    [Theory]
    [InlineData(ContextKeys.VpcEndpoints, ContextKeys.VpcCidr, ContextKeys.SubnetIds, ContextKeys.VpcId)]
    [InlineData(ContextKeys.DemoHost, ContextKeys.SubnetIds, ContextKeys.VpcId)]
    public void What_is_in_a_network_needs_that_network(string key, params string[] needed) =>
        Assert.Equal(needed.Order(), Faults(Minimal((key, "true"))).Select(fault => fault.Key).Order());

    [Theory]
    [InlineData("cn-north-1")]
    [InlineData("us-gov-west-1")]
    public void Slack_is_refused_where_there_is_no_service_for_it(string region) =>
        Assert.Equal(ContextKeys.SlackWorkspaceId, Assert.Single(Faults(Minimal(
            (ContextKeys.Region, region), (ContextKeys.SlackWorkspaceId, "T0123ABCD"), (ContextKeys.SlackChannelId, "C0123ABCD")))).Key);

    [Fact]
    public void OpenSearch_is_refused_where_there_is_no_ingestion()
    {
        var settings = FullStack.Settings();
        settings[ContextKeys.Region] = "cn-north-1";

        Assert.Equal([ContextKeys.Archive, ContextKeys.SlackWorkspaceId], Faults(settings).Select(fault => fault.Key).Order());
    }

    [Fact]
    public void Tag_that_is_there_twice_is_refused() =>
        Assert.Equal((ContextKeys.Tags, "'team' is there twice."), Fault(Minimal((ContextKeys.Tags, "team=soc,team=ops"))));

    private static Dictionary<string, string> Minimal(params (string Key, string Value)[] more) =>
        new(more.Select(one => KeyValuePair.Create(one.Key, one.Value))) { [ContextKeys.AlertEmails] = "soc@example.org" };

    private PipelineStackProps Read(Dictionary<string, string> settings)
    {
        foreach (var (key, value) in _folder.WriteArtefacts())
        {
            settings[key] = value;
        }

        return PipelineContext.Read(settings, _folder.Path);
    }

    private IReadOnlyList<ContextFault> Faults(Dictionary<string, string> settings) =>
        Assert.Throws<InvalidContextException>(() => Read(settings)).Faults;

    private (string Key, string Problem) Fault(Dictionary<string, string> settings)
    {
        var fault = Assert.Single(Faults(settings));
        return (fault.Key, fault.Problem);
    }
}
