using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using Constructs;

namespace Cdk;

/// <summary>Alarms about the pipeline itself. Each says in its description what it means and where to look.</summary>
public sealed class Observability : Construct
{
    /// <summary>Namespace of the metrics in the function's log; their only dimension is <see cref="OwnDimension"/>.</summary>
    public const string OwnNamespace = "EdgePipeline";

    /// <summary>Dimension of the function's own metrics: the name of the deployment.</summary>
    public const string OwnDimension = "environment";

    private readonly SnsAction _tellOperations;

    /// <summary>Creates the alarms; all of them go to the operations topic.</summary>
    public Observability(
        Construct scope, string id, PipelineStackProps props, Ingest ingest, Alerting alerting, Detection detection, Sweep sweep)
        : base(scope, id)
    {
        _tellOperations = new SnsAction(alerting.Operations);
        WatchStream(ingest);
        WatchFunction(detection);
        WatchMapping(detection);
        WatchSweep(sweep);
        WatchDetection(props.EnvironmentName);
        WatchTopic("EmailFailed", alerting.Email);
        WatchTopic("ChatFailed", alerting.Chat);
        WatchTopic("OperationsFailed", alerting.Operations);
    }

    private void WatchStream(Ingest ingest)
    {
        Alarm("StreamThrottled", "Hosts send more than the stream takes; they spool. Add shards (context key shards).",
            ingest.Stream.MetricWriteProvisionedThroughputExceeded(EachMinute("Sum")), threshold: 0, periods: 5, breaching: 3);
        Alarm("StreamUnread", "The oldest record read is older than 60 s: the function does not keep up.",
            ingest.Stream.MetricGetRecordsIteratorAgeMilliseconds(EachMinute("Maximum")),
            threshold: 60_000, periods: 5, breaching: 3);
    }

    private void WatchFunction(Detection detection)
    {
        var function = detection.Function;
        Alarm("IteratorAge", "Alerts are more than 60 s late. Look at the function's errors and duration.",
            function.Metric("IteratorAge", EachMinute("Maximum")), threshold: 60_000, periods: 5, breaching: 3);
        Alarm("Errors", "The function failed as a whole; Lambda retries the batch. The reason is in its log group.",
            function.MetricErrors(EachMinute("Sum")), threshold: 0);
        Alarm("Starved", "Every call of the function was refused for five minutes: nothing is evaluated. Is its concurrency set to 0?",
            AllRefused(function), threshold: 0, periods: 5, breaching: 5);
        Alarm("OnFailureUndelivered", "Lambda could not write a discarded batch to its bucket: those records are lost.",
            function.Metric("DestinationDeliveryFailures", EachMinute("Sum")), threshold: 0);
    }

    private void WatchSweep(Sweep sweep)
    {
        Alarm("SweepErrors", "The sweep fails: alerts of a worker that died wait, and silent hosts are not found. The reason is in its log group.",
            sweep.Function.MetricErrors(EachMinute("Sum")), threshold: 0, periods: 5, breaching: 3);
    }

    private void WatchMapping(Detection detection)
    {
        Alarm("Discarded", "Lambda gave up on a batch and wrote it to the bucket of discarded batches: it raises no alert any more.",
            OfMapping(detection, "OnFailureDestinationDeliveredEventCount"), threshold: 0);
        Alarm("Dropped", "Lambda gave up on records: too many retries or too old. Is there a copy among the discarded batches?",
            OfMapping(detection, "DroppedEventCount"), threshold: 0);
    }

    private void WatchDetection(string environment)
    {
        Alarm("Undecodable", "Records are not frames: a host runs another version, or somebody forges. They are below quarantine/ in the bucket of discarded batches.",
            Own(environment, "undecodable"), threshold: 0);
        Alarm("Unpublished", "SNS refuses alerts; they wait until topic, key or permissions are repaired. The function's log has the reason.",
            Own(environment, "publishFailedPermanent"), threshold: 0);
        Alarm("LostOnHost", "Hosts report events they lost, so an attack may be unseen. The log of their agents says where and why.",
            Own(environment, "lostOnHost"), threshold: 0);
        Alarm("Evicted", "The function forgot state it could still have needed: a correlation may be missed. Look for a host that floods.",
            Own(environment, "evicted"), threshold: 0);
        Alarm("StoreFailures", "The table does not give or take state: batches wait and are delivered again. The function's log has the reason.",
            Own(environment, "storeFailures"), threshold: 0, periods: 5, breaching: 3);
        Alarm("ItemsDamaged", "Items of the table cannot be read, and began anew: correlations and unsent alerts of a host are gone. The log names them.",
            Own(environment, "itemsDamaged"), threshold: 0);
        Alarm("Faults", "The function failed at a record and set it aside: a fault of its own. The function's log holds the record.",
            Own(environment, "faults"), threshold: 0);
        Alarm("AlertsDropped", "Alerts that SNS refused filled their space, and the oldest were given up. The function's log names them.",
            Own(environment, "alertsDropped"), threshold: 0);
    }

    private void WatchTopic(string id, Topic topic) =>
        Alarm(id, "SNS could not deliver a message. Check the subscriptions of the topic.",
            topic.MetricNumberOfNotificationsFailed(EachMinute("Sum")), threshold: 0);

    // Refused calls alone are no fault: the account's concurrency is shared.
    private static MathExpression AllRefused(Function function) => new(new MathExpressionProps
    {
        Expression = "IF((FILL(throttles, 0) > 0) AND (FILL(invocations, 0) == 0), 1, 0)",
        UsingMetrics = new Dictionary<string, IMetric>
        {
            ["throttles"] = function.MetricThrottles(EachMinute("Sum")),
            ["invocations"] = function.MetricInvocations(EachMinute("Sum")),
        },
        Label = "All calls refused",
        Period = Duration.Minutes(1),
    });

    // No data means no traffic: none of these metrics is sent while nothing happens.
    private void Alarm(string id, string description, IMetric metric, double threshold, double periods = 1, double breaching = 1)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmDescription = description,
            Metric = metric,
            ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
            Threshold = threshold,
            EvaluationPeriods = periods,
            DatapointsToAlarm = breaching,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
        alarm.AddAlarmAction(_tellOperations);
    }

    private static MetricOptions EachMinute(string statistic) => new() { Period = Duration.Minutes(1), Statistic = statistic };

    private static Metric Own(string environment, string name) => new(new MetricProps
    {
        Namespace = OwnNamespace,
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { [OwnDimension] = environment },
        Period = Duration.Minutes(1),
        Statistic = "Sum",
    });

    private static Metric OfMapping(Detection detection, string name) => new(new MetricProps
    {
        Namespace = "AWS/Lambda",
        MetricName = name,
        DimensionsMap = new Dictionary<string, string> { ["EventSourceMappingUUID"] = detection.Mapping.AttrId },
        Period = Duration.Minutes(1),
        Statistic = "Sum",
    });
}
