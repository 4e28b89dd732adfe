using Cdk.Context;

namespace Cdk.Tests.Support;

/// <summary>Every option away from its default.</summary>
public sealed class VariantStack() : SynthesisedStack(new Dictionary<string, string>
{
    [ContextKeys.SlackWorkspaceId] = "T0123ABCD",
    [ContextKeys.SlackChannelId] = "C0123ABCD",
    [ContextKeys.AlertEmails] = "soc@example.org",
    [ContextKeys.EmailSeverities] = "critical",
    [ContextKeys.StreamMode] = "on-demand",
    [ContextKeys.RetentionHours] = "720",
    [ContextKeys.AgentArchitecture] = "arm64",
    [ContextKeys.FleetTag] = "edge-agent=on",
    [ContextKeys.RetainData] = "false",
});
