using System.Text.Json;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.Tests.Alerts;
using Detection;
using Detection.Findings;
using Support;

namespace AlertLambda.Tests.Logging;

public sealed class InvocationLineTests
{
    [Fact]
    public void Line_has_every_counter_as_a_metric_and_names_the_dearest_rules()
    {
        var counters = new BatchCounters
        {
            Records = 1, Frames = 2, Events = 3, Duplicates = 4, UnknownEvents = 5, Evicted = 6, Late = 7, BeyondLateness = 8, UnknownVerdicts = 9,
            MissingGroupFields = 10, LostOnHost = 11, Gaps = 12, Firings = 13, Incidents = 14, Published = 15, Undecodable = 16, Faults = 17, Quarantined = 18,
            AlertsRefused = 19, AlertsDropped = 20, ItemsLoaded = 21, ItemsWritten = 22, StateBytes = 23, Conflicts = 24, StoreFailures = 25, ItemsDamaged = 26,
            Replayed = 27, ReplayFaults = 28,
        };
        counters.CountFailure(PublishStatus.Transient);
        counters.CountFailure(PublishStatus.Permanent);
        var result = new BatchResult(counters, new StreamRecord("shard-0", "49", "host-1", default), StopReason.NotStored)
        {
            Fault = "slow down",
            DearestRules =
            [
                new RuleWork(new RuleInfo { Id = "rule-1", Title = "Dear", SemanticHash = "0" }, 1_000, 2),
                new RuleWork(new RuleInfo { Id = "rule\n2", Title = "Cheap", SemanticHash = "0" }, 3, 0),
            ],
        };
        using var output = new StringWriter();

        InvocationLine.Write(new JsonLog(output, new ManualTime()), "test", "request-1", result, received: 27, DateTimeOffset.UnixEpoch);

        Golden.Matches("invocation.log.json", output.ToString());
    }

    [Fact]
    public void What_did_not_happen_is_a_number_of_the_line_and_no_metric()
    {
        using var output = new StringWriter();

        InvocationLine.Write(
            new JsonLog(output, new ManualTime()), "test", "request-1", new BatchResult(new BatchCounters { Records = 1 }, null, StopReason.None), 1, DateTimeOffset.UnixEpoch);

        var line = JsonElement.Parse(output.ToString());
        Assert.Equal(0, line.GetProperty("faults").GetInt32());
        Assert.Equal(
            ["records"], line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString()));
    }
}
