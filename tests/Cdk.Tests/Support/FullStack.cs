using Cdk.Context;

namespace Cdk.Tests.Support;

/// <summary>Everything that can be switched on.</summary>
public sealed class FullStack() : SynthesisedStack(Settings())
{
    /// <summary>The settings, in a region of one's own choice.</summary>
    internal static Dictionary<string, string> Settings() => new()
    {
        [ContextKeys.Environment] = "full",
        [ContextKeys.Tags] = "team=soc,cost-center=42",
        [ContextKeys.AlertEmails] = "soc@example.org",
        [ContextKeys.SlackWorkspaceId] = "T0123ABCD",
        [ContextKeys.SlackChannelId] = "C0123ABCD",
        [ContextKeys.Findings] = "true",
        [ContextKeys.LogDays] = "365",
        [ContextKeys.Archive] = "opensearch",
        [ContextKeys.ArchiveDays] = "730",
        [ContextKeys.OpenSearchDomainArn] = "arn:aws:es:eu-west-1:111122223333:domain/events",
        [ContextKeys.OpenSearchEndpoint] = "https://events.example.org",
        [ContextKeys.FleetTag] = "edge-agent=on",
        [ContextKeys.VpcId] = "vpc-0123abcd",
        [ContextKeys.VpcCidr] = "10.0.0.0/16",
        [ContextKeys.SubnetIds] = "subnet-0123abcd,subnet-4567cdef",
        [ContextKeys.RouteTableIds] = "rtb-0123abcd",
        [ContextKeys.VpcEndpoints] = "true",
        [ContextKeys.DemoHost] = "true",
    };
}
