using System.Globalization;
using System.Text.Json.Nodes;
using AlertLambda;
using AlertLambda.Delivery;
using AlertLambda.Logging;
using AlertLambda.State;
using AlertLambda.Sweeping;
using Cdk.Tests.Support;
using Cdk.Watching;
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
                "AWS/DynamoDB ReadThrottleEvents",
                "AWS/DynamoDB WriteThrottleEvents",
                "AWS/Kinesis GetRecords.IteratorAgeMilliseconds",
                "AWS/Kinesis WriteProvisionedThroughputExceeded",
                "AWS/Lambda DestinationDeliveryFailures",
                "AWS/Lambda DroppedEventCount",
                "AWS/Lambda Errors",
                "AWS/Lambda Errors",
                "AWS/Lambda Invocations",
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
                "EdgePipeline replayFaults",
                "EdgePipeline silentHosts",
                "EdgePipeline storeFailures",
                "EdgePipeline sweepsIncomplete",
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
            var stopped = ((string)alarm["AlarmDescription"]!).EndsWith("#sweepstopped", StringComparison.Ordinal);
            Assert.Equal(stopped ? "breaching" : "notBreaching", (string?)alarm["TreatMissingData"]);
            Assert.Matches("^.{30,} What to do: docs/operations[.]md#[a-z]+$", (string)alarm["AlarmDescription"]!);
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
        var alarms = Alarms().Where(alarm => (string?)alarm["Namespace"] == PipelineMetrics.OwnNamespace).ToArray();
        JsonNode[] written = [MetricsOfOneInvocation(), MetricsOfOneSweep()];

        Assert.NotEmpty(alarms);
        Assert.All(written, line =>
        {
            Assert.Equal(PipelineMetrics.OwnNamespace, (string?)line["Namespace"]);
            Assert.Equal([PipelineMetrics.OwnDimension], Intrinsic.Texts(Assert.Single(line["Dimensions"]!.AsArray())));
        });
        Assert.All(alarms, alarm =>
        {
            Assert.Contains((string)alarm["MetricName"]!, written.SelectMany(NamesOf));
            var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
            Assert.Equal(PipelineMetrics.OwnDimension, (string?)dimension["Name"]);
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

    [NodeFact]
    public void Sweep_that_does_not_run_is_an_alarm_though_there_is_no_data()
    {
        var alarm = Assert.Single(Alarms(), one => (string?)one["TreatMissingData"] == "breaching");

        Assert.Equal("LessThanThreshold", (string?)alarm["ComparisonOperator"]);
        Assert.Equal(stack.IdOf("AWS::Lambda::Function", "Sweep"), Intrinsic.Text(Assert.Single(alarm["Dimensions"]!.AsArray())!["Value"]));
    }

    [NodeFact]
    public void Dashboard_follows_the_data_and_shows_only_what_is_really_written()
    {
        var body = DashboardBody(stack);
        var widgets = body["widgets"]!.AsArray();
        var stages = widgets.Where(one => (string?)one!["type"] == "text").Select(one => ((string)one!["properties"]!["markdown"]!).Split('\n')[0]);
        var own = widgets.SelectMany(one => one!["properties"]!["metrics"]?.AsArray() ?? []).Where(one => $"{one![0]}" == PipelineMetrics.OwnNamespace)
            .Select(one => $"{one![1]}").ToArray();

        Assert.Equal(["## 1. Hosts to stream", "## 2. Stream to function", "## 3. Detection", "## 4. Table", "## 5. People", "## 6. Sweep"], stages);
        Assert.Equal(Alarms().Count, widgets.Single(one => (string?)one!["type"] == "alarm")!["properties"]!["alarms"]!.AsArray().Count);
        Assert.All(own, name => Assert.Contains(name, NamesOf(MetricsOfOneInvocation()).Concat(NamesOf(MetricsOfOneSweep()))));
    }

    [NodeFact]
    public void Saved_queries_ask_the_groups_of_the_functions_for_events_that_exist()
    {
        var queries = stack.OfType("AWS::Logs::QueryDefinition").Select(one => one["Properties"]!).ToArray();
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Find(), "src", "AlertLambda"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.True(queries.Length >= 10);
        Assert.All(queries, query =>
        {
            Assert.StartsWith("edge-pipeline-prod/", (string)query["Name"]!, StringComparison.Ordinal);
            Assert.All(Intrinsic.Texts(query["LogGroupNames"]), group => Assert.Equal("AWS::Logs::LogGroup", (string?)stack.Resources[group]!["Type"]));
            var named = System.Text.RegularExpressions.Regex.Matches((string)query["QueryString"]!, "\"([a-z]+(-[a-z]+)+)\"").Select(match => match.Groups[1].Value);
            Assert.All(named, name => Assert.Contains($"\"{name}\"", source, StringComparison.Ordinal));
        });
    }

    internal static JsonNode DashboardBody(SynthesisedStack stack) => JsonNode.Parse(Intrinsic.Text(stack.Only("AWS::CloudWatch::Dashboard")["DashboardBody"]))!;

    private static IEnumerable<string> NamesOf(JsonNode line) => line["Metrics"]!.AsArray().Select(metric => (string)metric!["Name"]!);

    private static JsonNode MetricsOfOneSweep()
    {
        using var output = new StringWriter();
        SweepLine.Write(
            new JsonLog(output, TimeProvider.System), "prod", "request-1", new SweepResult(AllOnce(), [new SilentHost("host", new HostNote("host", null), DateTimeOffset.UnixEpoch)], 1, IsComplete: false), DateTimeOffset.UnixEpoch);
        return Assert.Single(JsonNode.Parse(output.ToString())!["_aws"]!["CloudWatchMetrics"]!.AsArray())!;
    }

    private static JsonNode MetricsOfOneInvocation()
    {
        using var output = new StringWriter();
        InvocationLine.Write(
            new JsonLog(output, TimeProvider.System), "prod", "request-1", new BatchResult(AllOnce(), null, StopReason.None), received: 1, DateTimeOffset.UnixEpoch);
        return Assert.Single(JsonNode.Parse(output.ToString())!["_aws"]!["CloudWatchMetrics"]!.AsArray())!;
    }

    // What did not happen is no metric: all of it happens once.
    private static BatchCounters AllOnce()
    {
        var counters = new BatchCounters();
        foreach (var count in typeof(BatchCounters).GetProperties().Where(one => one.GetSetMethod() is not null))
        {
            count.SetValue(counters, Convert.ChangeType(1, count.PropertyType, CultureInfo.InvariantCulture));
        }

        counters.CountFailure(PublishStatus.Permanent);
        counters.CountFailure(PublishStatus.Transient);
        return counters;
    }

    // An alarm names one metric, or computes its value from several.
    private static IEnumerable<string> MetricsOf(JsonNode alarm) =>
        (alarm["Metrics"] is JsonArray several
            ? several.Select(one => one!["MetricStat"]?["Metric"]).OfType<JsonNode>()
            : [alarm]).Select(metric => $"{metric["Namespace"]} {metric["MetricName"]}");

    private IReadOnlyList<JsonNode> Alarms() => [.. stack.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm["Properties"]!)];
}
