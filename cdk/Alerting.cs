using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;

namespace Cdk;

/// <summary>Topics under one key: alerts by e-mail (text), alerts by chat (JSON), alarms of the pipeline itself, and by switch findings for programs (OCSF).</summary>
/// <remarks>
/// Two alert topics, because SNS drops message attributes from per-protocol messages, and the e-mail filter needs them. Alarms
/// need a topic of their own, because CloudWatch sends no severity attribute: the e-mail filter would drop every alarm.
/// </remarks>
public sealed class Alerting : Construct
{
    private readonly Key _key;

    /// <summary>Creates topics, key, subscriptions and, if wanted, the Slack channel.</summary>
    public Alerting(Construct scope, string id, PipelineStackProps props)
        : base(scope, id)
    {
        _key = new Key(this, "Key", new KeyProps
        {
            Description = "Encrypts alerts and alarms in SNS",
            EnableKeyRotation = true,
            RemovalPolicy = props.DataRemoval,
        });
        Email = CreateTopic("Email", $"Security alerts ({props.EnvironmentName})");
        Chat = CreateTopic("Chat", $"Security alerts for chat ({props.EnvironmentName})");
        Operations = CreateTopic("Operations", $"Security pipeline alarms ({props.EnvironmentName})");
        Findings = props.Findings ? CreateTopic("Findings", $"Security findings as OCSF ({props.EnvironmentName})") : null;
        LetAlarmsPublish();
        foreach (var address in props.AlertEmails)
        {
            var filtered = new EmailSubscriptionProps { FilterPolicy = OnlySeverities(props) };
            Email.AddSubscription(new EmailSubscription(address, filtered));
            Operations.AddSubscription(new EmailSubscription(address));
        }

        if (props.Slack is not null)
        {
            new SlackNotification(this, "Slack", props.EnvironmentName, props.Slack, [Chat, Operations]);
        }
    }

    /// <summary>Alerts as text, with attributes <c>severity</c>, <c>rule</c>, <c>host</c>, <c>environment</c>.</summary>
    public Topic Email { get; }

    /// <summary>Alerts as custom notifications of Amazon Q Developer in chat applications.</summary>
    public Topic Chat { get; }

    /// <summary>CloudWatch alarms about the pipeline.</summary>
    public Topic Operations { get; }

    /// <summary>Incidents as OCSF for programs, with the same attributes; null if nobody wants them.</summary>
    public Topic? Findings { get; }

    /// <summary>All topics.</summary>
    public IReadOnlyList<Topic> Topics => [Email, Chat, Operations, .. Findings is null ? (Topic[])[] : [Findings]];

    /// <summary>What the function needs to publish alerts. It cannot publish to <see cref="Operations"/>.</summary>
    public IReadOnlyList<PolicyStatement> PublishStatements() =>
    [
        Policies.Allow("PublishEmail", ["sns:Publish"], Email.TopicArn),
        Policies.Allow("PublishChat", ["sns:Publish"], Chat.TopicArn),
        .. Findings is null ? (PolicyStatement[])[] : [Policies.Allow("PublishFindings", ["sns:Publish"], Findings.TopicArn)],
        Policies.Allow("EncryptAlerts", ["kms:GenerateDataKey", "kms:Decrypt"], _key.KeyArn),
    ];

    private static Dictionary<string, SubscriptionFilter> OnlySeverities(PipelineStackProps props) => new()
    {
        ["severity"] = SubscriptionFilter.StringFilter(new StringConditions { Allowlist = [.. props.EmailSeverities] }),
    };

    // Topic.EnforceSSL alone does nothing: its statement is added to a policy only if the topic has got one for another reason.
    private Topic CreateTopic(string id, string displayName)
    {
        var topic = new Topic(this, id, new TopicProps { DisplayName = displayName, MasterKey = _key });
        topic.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "OnlyThroughTls",
            Effect = Effect.DENY,
            Principals = [new StarPrincipal()],
            Actions = ["sns:Publish"],
            Resources = [topic.TopicArn],
            Conditions = Policies.Condition("Bool", "aws:SecureTransport", "false"),
        }));
        return topic;
    }

    // A topic policy replaces the default one, and the key aws/sns would refuse CloudWatch: both rights are spelled out.
    private void LetAlarmsPublish()
    {
        var cloudWatch = new ServicePrincipal("cloudwatch.amazonaws.com");
        Operations.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "AlarmsOfThisAccount",
            Principals = [cloudWatch],
            Actions = ["sns:Publish"],
            Resources = [Operations.TopicArn],
            Conditions = Policies.Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
        }));
        _key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "AlarmsOfThisAccount",
            Principals = [cloudWatch],
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            // In the policy of a key this means the key.
            Resources = ["*"],
            Conditions = Policies.Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
        }));
    }
}
