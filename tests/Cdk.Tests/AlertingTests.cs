using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class AlertingTests(DefaultStack stack)
{
    [NodeFact]
    public void Every_topic_is_encrypted_with_the_alert_key()
    {
        var key = stack.IdOf("AWS::KMS::Key", "Alerting");

        Assert.Equal(3, stack.OfType("AWS::SNS::Topic").Count);
        Assert.All(stack.OfType("AWS::SNS::Topic"), topic =>
            Assert.Equal($"{key}.Arn", Intrinsic.Text(topic["Properties"]!["KmsMasterKeyId"])));
    }

    [NodeFact]
    public void Every_topic_refuses_to_publish_over_plain_http()
    {
        string[] topics = [TopicId("Email"), TopicId("Chat"), TopicId("Operations")];

        Assert.All(topics, topic => Assert.Contains(PolicyOf(topic), statement =>
            (string?)statement["Effect"] == "Deny"
            && statement["Principal"] is JsonValue everyone && (string?)everyone == "*"
            && (string?)statement["Action"] == "sns:Publish"
            && (string?)statement["Condition"]!["Bool"]!["aws:SecureTransport"] == "false"
            && Intrinsic.Text(statement["Resource"]) == topic));
    }

    [NodeFact]
    public void Mail_subscribers_get_alerts_of_the_chosen_severities()
    {
        var subscriptions = SubscriptionsOf("Email");

        Assert.Equal(["oncall@example.org", "soc@example.org"], subscriptions.Select(one => (string)one["Endpoint"]!).Order());
        Assert.All(subscriptions, one =>
            Assert.Equal(["medium", "high", "critical"], Intrinsic.Texts(one["FilterPolicy"]!["severity"])));
    }

    [NodeFact]
    public void Alarms_reach_people_unfiltered_because_they_carry_no_severity()
    {
        var subscriptions = SubscriptionsOf("Operations");

        Assert.Equal(["oncall@example.org", "soc@example.org"], subscriptions.Select(one => (string)one["Endpoint"]!).Order());
        Assert.All(subscriptions, one => Assert.Null(one["FilterPolicy"]));
    }

    [NodeFact]
    public void Only_cloudwatch_of_this_account_may_publish_alarms_and_use_their_key()
    {
        var publish = Assert.Single(PolicyOf(TopicId("Operations")), statement => (string?)statement["Effect"] == "Allow");
        Assert.Equal("cloudwatch.amazonaws.com", (string?)publish["Principal"]!["Service"]);
        Assert.Equal("111122223333", Intrinsic.Text(publish["Condition"]!["StringEquals"]!["aws:SourceAccount"]));

        var key = stack.Resources[stack.IdOf("AWS::KMS::Key", "Alerting")]!["Properties"]!["KeyPolicy"]!["Statement"]!.AsArray();
        var use = Assert.Single(key, statement => (string?)statement!["Principal"]!["Service"] == "cloudwatch.amazonaws.com")!;
        Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey"], Intrinsic.Texts(use["Action"]));
        Assert.Equal("111122223333", Intrinsic.Text(use["Condition"]!["StringEquals"]!["aws:SourceAccount"]));
    }

    [NodeFact]
    public void Without_a_channel_there_is_no_Slack_configuration() =>
        stack.Template.ResourceCountIs("AWS::Chatbot::SlackChannelConfiguration", 0);

    private string TopicId(string name) => stack.IdOf("AWS::SNS::Topic", $"Alerting{name}");

    private IReadOnlyList<JsonNode> PolicyOf(string topic) =>
    [
        .. stack.OfType("AWS::SNS::TopicPolicy")
            .Where(policy => Intrinsic.Texts(policy["Properties"]!["Topics"]).Contains(topic))
            .SelectMany(policy => policy["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(statement => statement!),
    ];

    private IReadOnlyList<JsonNode> SubscriptionsOf(string topic) =>
    [
        .. stack.OfType("AWS::SNS::Subscription").Select(one => one["Properties"]!)
            .Where(one => Intrinsic.Text(one["TopicArn"]) == TopicId(topic)),
    ];
}
