using Amazon.CDK.AWS.Chatbot;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Cdk;

/// <summary>Brings topics to a Slack channel through Amazon Q Developer in chat applications (formerly AWS Chatbot).</summary>
public sealed class SlackNotification : Construct
{
    /// <summary>Creates the channel configuration. The guardrail is read-only; the default is AdministratorAccess.</summary>
    public SlackNotification(Construct scope, string id, string environmentName, SlackChannel channel, ITopic[] topics)
        : base(scope, id)
    {
        new SlackChannelConfiguration(this, "Channel", new SlackChannelConfigurationProps
        {
            SlackChannelConfigurationName = $"edge-pipeline-{environmentName}",
            SlackWorkspaceId = channel.WorkspaceId,
            SlackChannelId = channel.ChannelId,
            NotificationTopics = topics,
            GuardrailPolicies = [ManagedPolicy.FromAwsManagedPolicyName("CloudWatchReadOnlyAccess")],
            LoggingLevel = LoggingLevel.ERROR,
        });
    }
}
