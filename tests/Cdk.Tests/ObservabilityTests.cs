using System.Text.Json.Nodes;
using AlertLambda;
using AlertLambda.Delivery;
using AlertLambda.Logging;
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
                "AWS/Lambda Errors",
                "AWS/Lambda Invocations",
                "AWS/Lambda IteratorAge",
                "AWS/Lambda OnFailureDestinationDeliveredEventCount",
                "AWS/Lambda Throttles",
                "AWS/SNS NumberOfNotificationsFailed",
                "AWS/SNS NumberOfNotificationsFailed",
                "AWS/SNS NumberOfNotificationsFailed",
                "EdgePipeline alertsDropped",
                "EdgePipeline evicted",
                "EdgePipeline faults",
                "EdgePipeline itemsDamaged",
                "EdgePipeline lostOnHost",
                "EdgePipeline publishFailedPermanent",
                "EdgePipeline storeFailures",
                "EdgePipeline undecodable",
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
    public void Alarms_on_own_metrics_watch_what_the_function_really_writes_for_this_deployment()
    {
        var alarms = Alarms().Where(alarm => (string?)alarm["Namespace"] == Observability.OwnNamespace).ToArray();
        var written = MetricsOfOneInvocation();

        Assert.NotEmpty(alarms);
        Assert.Equal(Observability.OwnNamespace, (string?)written["Namespace"]);
        Assert.Equal([Observability.OwnDimension], Intrinsic.Texts(Assert.Single(written["Dimensions"]!.AsArray())));
        Assert.All(alarms, alarm =>
        {
            Assert.Contains(written["Metrics"]!.AsArray(), metric => (string?)metric!["Name"] == (string?)alarm["MetricName"]);
            var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
            Assert.Equal(Observability.OwnDimension, (string?)dimension["Name"]);
            Assert.Equal("prod", (string?)dimension["Value"]);
            Assert.Equal("Sum", (string?)alarm["Statistic"]);
            Assert.Equal(0, (int)alarm["Threshold"]!);
        });
    }

    [NodeFact]
    public void Nothing_promises_a_replay_or_calls_the_on_failure_bucket_quarantine()
    {
        Assert.All(Alarms(), alarm => Assert.DoesNotContain("replay", (string)alarm["AlarmDescription"]!, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(stack.Resources, one => one.Key.Contains("Quarantine", StringComparison.OrdinalIgnoreCase));
    }

    private static JsonNode MetricsOfOneInvocation()
    {
        using var output = new StringWriter();
        var log = new JsonLog(output, TimeProvider.System);

        // What did not happen is no metric.
        var counters = new BatchCounters { Undecodable = 1, LostOnHost = 1, Evicted = 1, StoreFailures = 1, ItemsDamaged = 1, Faults = 1, AlertsDropped = 1 };
        counters.CountFailure(PublishStatus.Permanent);
        InvocationLine.Write(log, "prod", "request-1", new BatchResult(counters, null, StopReason.None), received: 0, DateTimeOffset.UnixEpoch);
        return Assert.Single(JsonNode.Parse(output.ToString())!["_aws"]!["CloudWatchMetrics"]!.AsArray())!;
    }

    // An alarm names one metric, or computes its value from several.
    private static IEnumerable<string> MetricsOf(JsonNode alarm) =>
        (alarm["Metrics"] is JsonArray several
            ? several.Select(one => one!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [alarm]).Select(metric => $"{metric["Namespace"]} {metric["MetricName"]}");

    private IReadOnlyList<JsonNode> Alarms() => [.. stack.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm["Properties"]!)];
}
