namespace Cdk.Context;

/// <summary>The context keys of a deployment. <c>docs/deploy.md</c> lists them with their meaning.</summary>
public static class ContextKeys
{
    /// <summary>Name of the deployment.</summary>
    public const string Environment = "environment";

    /// <summary>Comma-separated e-mail addresses.</summary>
    public const string AlertEmails = "alertEmails";

    /// <summary>Comma-separated severities that go out by e-mail.</summary>
    public const string EmailSeverities = "emailSeverities";

    /// <summary>Slack workspace id; only together with <see cref="SlackChannelId"/>.</summary>
    public const string SlackWorkspaceId = "slackWorkspaceId";

    /// <summary>Slack channel id; only together with <see cref="SlackWorkspaceId"/>.</summary>
    public const string SlackChannelId = "slackChannelId";

    /// <summary><c>provisioned</c> or <c>on-demand</c>.</summary>
    public const string StreamMode = "streamMode";

    /// <summary>Shards of a provisioned stream.</summary>
    public const string Shards = "shards";

    /// <summary>Hours the stream keeps records.</summary>
    public const string RetentionHours = "retentionHours";

    /// <summary>Folder of the published function.</summary>
    public const string FunctionPath = "functionPath";

    /// <summary>Archive of the published agent.</summary>
    public const string AgentPath = "agentPath";

    /// <summary><c>x64</c> or <c>arm64</c>.</summary>
    public const string AgentArchitecture = "agentArchitecture";

    /// <summary><c>Key=Value</c> of instances that State Manager installs the agent on.</summary>
    public const string FleetTag = "fleetTag";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string RetainData = "retainData";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Environment, AlertEmails, EmailSeverities, SlackWorkspaceId, SlackChannelId, StreamMode, Shards, RetentionHours,
        FunctionPath, AgentPath, AgentArchitecture, FleetTag, RetainData,
    ];
}
