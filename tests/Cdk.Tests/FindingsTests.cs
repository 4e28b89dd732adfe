using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(FullStack))]
public sealed class FindingsTests(FullStack stack)
{
    [NodeFact]
    public void Function_and_sweep_publish_findings_to_a_topic_of_their_own()
    {
        var topic = stack.IdOf("AWS::SNS::Topic", "AlertingFindings");

        foreach (var part in new[] { "Detection", "Sweep" })
        {
            var function = stack.Only("AWS::Lambda::Function", part);
            Assert.Equal(topic, Intrinsic.Text(function["Environment"]!["Variables"]!["ALERT_FINDINGS_TOPIC_ARN"]));
            var role = stack.Only("AWS::IAM::Role", $"{part}Role")["Policies"]![0]!["PolicyDocument"]!;
            Assert.Contains($"sns:Publish on {topic}", Grants.Allowed(role));
        }

        Assert.DoesNotContain(stack.OfType("AWS::SNS::Subscription"), one => Intrinsic.Text(one["Properties"]!["TopicArn"]) == topic);
    }

    [NodeFact]
    public void Slack_channel_has_a_guardrail_that_allows_nothing_and_a_role_without_rights()
    {
        var channel = stack.Only("AWS::Chatbot::SlackChannelConfiguration");
        var guardrail = stack.IdOf("AWS::IAM::ManagedPolicy", "AlertingSlackNothing");
        var statement = Assert.Single(stack.Resources[guardrail]!["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray())!;

        Assert.Equal([guardrail], Intrinsic.Texts(channel["GuardrailPolicies"]));
        Assert.Equal(("Deny", "*", "*"), ((string)statement["Effect"]!, (string)statement["Action"]!, (string)statement["Resource"]!));
        var role = stack.Only("AWS::IAM::Role", "AlertingSlack");
        Assert.Null(role["Policies"]);
        Assert.Null(role["ManagedPolicyArns"]);
    }
}
