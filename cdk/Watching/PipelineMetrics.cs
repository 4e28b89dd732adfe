using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;

namespace Cdk.Watching;

/// <summary>The metrics that alarms and dashboard show, each minute.</summary>
public static class PipelineMetrics
{
    /// <summary>Namespace of the metrics in the functions' logs; their only dimension is <see cref="OwnDimension"/>.</summary>
    public const string OwnNamespace = "EdgePipeline";

    /// <summary>Dimension of the functions' own metrics: the name of the deployment.</summary>
    public const string OwnDimension = "environment";

    internal const string ArchiveFailedName = "archiveFailed";

    internal static MetricOptions EachMinute(string statistic) => new() { Period = Duration.Minutes(1), Statistic = statistic };

    /// <summary>A metric that a function writes into its log.</summary>
    internal static Metric Own(string environment, string name) => Of(OwnNamespace, name, OwnDimension, environment, "Sum");

    internal static Metric OfMapping(CfnEventSourceMapping mapping, string name) => Of("AWS/Lambda", name, "EventSourceMappingUUID", mapping.AttrId, "Sum");

    internal static Metric OfTable(State state, string name) => Of("AWS/DynamoDB", name, "TableName", state.Table.TableName, "Sum");

    internal static Metric OfDelivery(Archive archive, string name, string statistic) =>
        Of("AWS/Firehose", name, "DeliveryStreamName", archive.Delivery.Ref, statistic);

    /// <summary>Frames that could not be turned into lines, counted from the archive function's log. A filter gives no dimension that a line does not have.</summary>
    internal static Metric ArchiveFailed(string environment) => new(new MetricProps
    {
        Namespace = FilterNamespace(environment),
        MetricName = ArchiveFailedName,
        Period = Duration.Minutes(1),
        Statistic = "Sum",
    });

    internal static string FilterNamespace(string environment) => $"{OwnNamespace}/{environment}";

    internal static IMetric Failed(ITopic topic) => topic.MetricNumberOfNotificationsFailed(EachMinute("Sum"));

    // Refused calls alone are no fault: the account's concurrency is shared.
    internal static MathExpression AllRefused(Function function) => Expression(
        "IF((FILL(throttles, 0) > 0) AND (FILL(invocations, 0) == 0), 1, 0)", "All calls refused",
        ("throttles", function.MetricThrottles(EachMinute("Sum"))), ("invocations", function.MetricInvocations(EachMinute("Sum"))));

    internal static MathExpression TableThrottled(State state) => Expression(
        "FILL(reads, 0) + FILL(writes, 0)", "Throttled",
        ("reads", OfTable(state, "ReadThrottleEvents")), ("writes", OfTable(state, "WriteThrottleEvents")));

    private static MathExpression Expression(string expression, string label, params (string Name, IMetric Metric)[] metrics) => new(new MathExpressionProps
    {
        Expression = expression,
        UsingMetrics = metrics.ToDictionary(one => one.Name, one => one.Metric),
        Label = label,
        Period = Duration.Minutes(1),
    });

    private static Metric Of(string space, string name, string dimension, string value, string statistic) => new(new MetricProps
    {
        Namespace = space,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { [dimension] = value },
        Period = Duration.Minutes(1),
        Statistic = statistic,
    });
}
