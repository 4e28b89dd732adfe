using Amazon.CDK.AWS.Chatbot;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Cdk;

/// <summary>Brings topics to a Slack channel through Amazon Q Developer in chat applications (formerly AWS Chatbot).</summary>
public sealed class SlackNotification : Construct
{
    /// <summary>Creates the channel configuration, and a guardrail that allows nothing: who can write in the channel can read alerts, and that is all.</summary>
    /// <remarks>Without a guardrail AWS takes AdministratorAccess. Messages come through SNS and need no right of the channel's role.</remarks>
    public SlackNotification(Construct scope, string id, string environmentName, SlackChannel channel, ITopic[] topics)
        : base(scope, id)
    {
        var nothing = new ManagedPolicy(this, "Nothing", new ManagedPolicyProps
        {
            Description = "Guardrail of the alert channel: allows nothing",
            Statements =
            [
                new PolicyStatement(new PolicyStatementProps { Sid = "Nothing", Effect = Effect.DENY, Actions = ["*"], Resources = ["*"] }),
            ],
        });
        new SlackChannelConfiguration(this, "Channel", new SlackChannelConfigurationProps
        {
            // With the region: an account has one list of these for all of them.
            SlackChannelConfigurationName = $"edge-pipeline-{environmentName}-{Amazon.CDK.Aws.REGION}",
            SlackWorkspaceId = channel.WorkspaceId,
            SlackChannelId = channel.ChannelId,
            NotificationTopics = topics,
            GuardrailPolicies = [nothing],
            LoggingLevel = LoggingLevel.ERROR,
        });
    }
}
