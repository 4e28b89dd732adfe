namespace LocalPipeline.DeployCheck;

/// <summary>What a template creates, a line a kind, in the order in which the data goes.</summary>
internal static class Inventory
{
    private static readonly (string Type, string Words)[] Kinds =
    [
        ("AWS::AutoScaling::AutoScalingGroup", "Auto Scaling group"),
        ("AWS::EC2::LaunchTemplate", "launch template of hosts"),
        ("AWS::SSM::Association", "State Manager association"),
        ("AWS::EC2::VPCEndpoint", "VPC endpoint"),
        ("AWS::Kinesis::Stream", "Kinesis stream"),
        ("AWS::Lambda::Function", "function"),
        ("AWS::Lambda::EventSourceMapping", "event source mapping"),
        ("AWS::Events::Rule", "schedule or event rule"),
        ("AWS::DynamoDB::Table", "DynamoDB table"),
        ("AWS::SNS::Topic", "topic"),
        ("AWS::SNS::Subscription", "subscription"),
        ("AWS::Chatbot::SlackChannelConfiguration", "Slack channel"),
        ("AWS::KinesisFirehose::DeliveryStream", "Firehose stream"),
        ("AWS::OSIS::Pipeline", "OpenSearch Ingestion pipeline"),
        ("AWS::S3::Bucket", "bucket"),
        ("AWS::SQS::Queue", "queue"),
        ("AWS::KMS::Key", "key"),
        ("AWS::Logs::LogGroup", "log group"),
        ("AWS::CloudWatch::Alarm", "alarm"),
        ("AWS::CloudWatch::Dashboard", "dashboard"),
        ("AWS::Logs::QueryDefinition", "saved query"),
    ];

    /// <summary>How many of a kind, what they are called, and which of them stay when the stack goes.</summary>
    internal static IEnumerable<(string Number, string Kind, string Names)> Lines(StackTemplate template)
    {
        foreach (var (type, words) in Kinds)
        {
            if (template.Of(type).ToArray() is { Length: > 0 } some)
            {
                yield return (some.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), words, Names(some));
            }
        }

        if (template.Resources.Where(one => Kinds.All(kind => kind.Type != one.Type)).ToArray() is { Length: > 0 } rest)
        {
            var types = rest.GroupBy(one => one.Type).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{Short(group.Key)} ({group.Count()})");
            yield return (rest.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), "more", string.Join(", ", types));
        }
    }

    private static string Short(string type) => type.StartsWith("AWS::", StringComparison.Ordinal) ? type[5..] : type;

    // Alarms and queries are many, and told by their number.
    private static string Names(TemplateResource[] some) => some.Length > 8
        ? ""
        : string.Join(", ", some.Select(one => one.Id + (one.Deletion is "Retain" or "Snapshot" ? " (stays)" : "")));
}
