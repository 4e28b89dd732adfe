using Cdk.Context;

namespace Cdk.Tests.Support;

/// <summary>What can be had in every partition, in one region.</summary>
public sealed class RegionStack(string region) : SynthesisedStack(Settings(region))
{
    private static Dictionary<string, string> Settings(string region)
    {
        var settings = FullStack.Settings();
        settings[ContextKeys.Region] = region;
        settings.Remove(ContextKeys.SlackWorkspaceId);
        settings.Remove(ContextKeys.SlackChannelId);
        settings[ContextKeys.OpenSearchDomainArn] = $"arn:{Partition(region)}:es:{region}:111122223333:domain/events";
        return settings;
    }

    /// <summary>The partition of a region.</summary>
    public static string Partition(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
}
