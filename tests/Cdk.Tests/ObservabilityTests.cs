using System.Text.Json.Nodes;
using Cdk.Tests.Support;
using Map = System.Collections.Generic.Dictionary<string, object>;

namespace Cdk.Tests;

[Collection(nameof(DefaultStack))]
public sealed class ObservabilityTests(DefaultStack stack)
{
    [NodeFact]
    public void Everything_that_can_go_wrong_silently_has_an_alarm()
    {
        var watched = Alarms().SelectMany(MetricsOf).Order();

        Assert.Equal(
            [
                "AWS/Kinesis GetRecords.IteratorAgeMilliseconds",
                "AWS/Kinesis WriteProvisionedThroughputExceeded",
                "AWS/Lambda DestinationDeliveryFailures",
                "AWS/Lambda DroppedEventCount",
                "AWS/Lambda Errors",
                "AWS/Lambda Invocations",
                "AWS/Lambda IteratorAge",
                "AWS/Lambda OnFailureDestinationDeliveredEventCount",
                "AWS/Lambda Throttles",
                "AWS/SNS NumberOfNotificationsFailed",
                "AWS/SNS NumberOfNotificationsFailed",
                "AWS/SNS NumberOfNotificationsFailed",
            ],
            watched);
    }

    [NodeFact]
    public void Every_alarm_tells_operations_and_says_what_to_do()
    {
        var topic = stack.IdOf("AWS::SNS::Topic", "AlertingOperations");

        Assert.All(Alarms(), alarm =>
        {
            Assert.Equal([topic], Intrinsic.Texts(alarm["AlarmActions"]));
            Assert.Equal("notBreaching", (string?)alarm["TreatMissingData"]);
            Assert.True(((string)alarm["AlarmDescription"]!).Length > 40);
        });
    }

    [NodeFact]
    public void Alerts_more_than_a_minute_late_raise_an_alarm_after_three_minutes_of_five() =>
        stack.Template.HasResourceProperties("AWS::CloudWatch::Alarm", new Map
        {
            ["MetricName"] = "IteratorAge",
            ["Statistic"] = "Maximum",
            ["Period"] = 60,
            ["Threshold"] = 60_000,
            ["ComparisonOperator"] = "GreaterThanThreshold",
            ["DatapointsToAlarm"] = 3,
            ["EvaluationPeriods"] = 5,
        });

    [NodeFact]
    public void Refused_calls_raise_an_alarm_only_when_no_call_gets_through()
    {
        var alarm = Assert.Single(Alarms(), one => MetricsOf(one).Contains("AWS/Lambda Throttles"));

        Assert.Equal(
            "IF((FILL(throttles, 0) > 0) AND (FILL(invocations, 0) == 0), 1, 0)",
            Assert.Single(alarm["Metrics"]!.AsArray(), metric => metric!["Expression"] is not null)!["Expression"]!.ToString());
        Assert.Equal(5, (int)alarm["DatapointsToAlarm"]!);
        Assert.Equal(5, (int)alarm["EvaluationPeriods"]!);
    }

    [NodeFact]
    public void Discarded_and_dropped_records_are_counted_by_the_mapping_the_alarms_watch()
    {
        var mapping = stack.IdOf("AWS::Lambda::EventSourceMapping", "Detection");
        var alarms = Alarms().Where(alarm => $"{alarm["MetricName"]}".EndsWith("EventCount", StringComparison.Ordinal)).ToArray();

        Assert.Equal(["EventCount"], Intrinsic.Texts(stack.Only("AWS::Lambda::EventSourceMapping")["MetricsConfig"]!["Metrics"]));
        Assert.Equal(2, alarms.Length);
        Assert.All(alarms, alarm =>
        {
            var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
            Assert.Equal("EventSourceMappingUUID", (string?)dimension["Name"]);
            Assert.Equal($"{mapping}.Id", Intrinsic.Text(dimension["Value"]));
        });
    }

    [NodeFact]
    public void No_text_promises_a_replay_or_calls_the_on_failure_bucket_quarantine() =>
        Assert.DoesNotMatch("(?i)replay|quarantin", stack.Resources.ToJsonString());

    // An alarm names one metric, or computes its value from several.
    private static IEnumerable<string> MetricsOf(JsonNode alarm) =>
        (alarm["Metrics"] is JsonArray several
            ? several.Select(one => one!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [alarm]).Select(metric => $"{metric["Namespace"]} {metric["MetricName"]}");

    private IReadOnlyList<JsonNode> Alarms() => [.. stack.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm["Properties"]!)];
}
