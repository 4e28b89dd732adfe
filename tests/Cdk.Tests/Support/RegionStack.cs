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
        settings[ContextKeys.Archive] = "s3";
        settings.Remove(ContextKeys.OpenSearchDomainArn);
        settings.Remove(ContextKeys.OpenSearchEndpoint);
        return settings;
    }
}
