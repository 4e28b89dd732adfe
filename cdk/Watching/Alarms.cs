using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Cdk.Watching;

/// <summary>Alarms about the pipeline itself, in the order of the data. Each says what it means, and names its section of the runbook.</summary>
public sealed class Alarms : Construct
{
    /// <summary>Where the runbook is; the section is that of the alarm's id.</summary>
    public const string Runbook = "docs/operations.md";

    private readonly SnsAction _tellOperations;
    private readonly List<Alarm> _all = [];

    /// <summary>Creates the alarms; all of them go to the operations topic.</summary>
    public Alarms(Construct scope, string id, WatchedParts parts)
        : base(scope, id)
    {
        _tellOperations = new SnsAction(parts.Alerting.Operations);
        WatchStream(parts.Ingest);
        WatchFunction(parts.Detection);
        WatchOwn(parts.EnvironmentName);
        WatchState(parts);
        WatchSweep(parts);
        Alarm("EmailFailed", "SNS could not deliver an alert by e-mail.", PipelineMetrics.Failed(parts.Alerting.Email));
        Alarm("ChatFailed", "SNS could not deliver an alert to the chat.", PipelineMetrics.Failed(parts.Alerting.Chat));
        Alarm("OperationsFailed", "SNS could not deliver an alarm like this one.", PipelineMetrics.Failed(parts.Alerting.Operations));
        if (parts.Alerting.Findings is not null)
        {
            Alarm("FindingsFailed", "SNS could not deliver a finding to a program.", PipelineMetrics.Failed(parts.Alerting.Findings));
        }

        if (parts.Archive is not null)
        {
            WatchArchive(parts, parts.Archive);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Alarm> All => _all;

    private void WatchStream(Ingest ingest)
    {
        Alarm("StreamThrottled", "Hosts send more than the stream takes; they spool.",
            ingest.Stream.MetricWriteProvisionedThroughputExceeded(PipelineMetrics.EachMinute("Sum")), periods: 5, breaching: 3);
        Alarm("StreamUnread", "The oldest record read is older than 60 s: the function does not keep up.",
            ingest.Stream.MetricGetRecordsIteratorAgeMilliseconds(PipelineMetrics.EachMinute("Maximum")), 60_000, periods: 5, breaching: 3);
    }

    private void WatchFunction(Detection detection)
    {
        var function = detection.Function;
        Alarm("IteratorAge", "Alerts are more than 60 s late.",
            function.Metric("IteratorAge", PipelineMetrics.EachMinute("Maximum")), 60_000, periods: 5, breaching: 3);
        Alarm("Errors", "The function failed as a whole; Lambda retries the batch.", function.MetricErrors(PipelineMetrics.EachMinute("Sum")));
        Alarm("Starved", "Every call of the function was refused for five minutes: nothing is evaluated.",
            PipelineMetrics.AllRefused(function), periods: 5, breaching: 5);
        Alarm("Discarded", "Lambda gave up on a batch and wrote it to the bucket of discarded batches: it raises no alert any more.",
            PipelineMetrics.OfMapping(detection.Mapping, "OnFailureDestinationDeliveredEventCount"));
        Alarm("Dropped", "Lambda gave up on records: too many retries or too old.", PipelineMetrics.OfMapping(detection.Mapping, "DroppedEventCount"));
        Alarm("OnFailureUndelivered", "Lambda could not write a discarded batch to its bucket: those records are lost.",
            function.Metric("DestinationDeliveryFailures", PipelineMetrics.EachMinute("Sum")));
    }

    private void WatchOwn(string environment)
    {
        void Own(string id, string description, string metric, double periods = 1, double breaching = 1) =>
            Alarm(id, description, PipelineMetrics.Own(environment, metric), 0, periods, breaching);

        Own("Undecodable", "Records are not frames: a host runs another version, or somebody forges. They are in quarantine.", "undecodable");
        Own("Faults", "The function failed at a record and set it aside: a fault of its own.", "faults");
        Own("LostOnHost", "Hosts report events they lost, so an attack may be unseen.", "lostOnHost");
        Own("Evicted", "The function forgot state it could still have needed: a correlation may be missed.", "evicted");
        Own("StoreFailures", "The table does not give or take state: batches wait and are delivered again.", "storeFailures", 5, 3);
        Own("ItemsDamaged", "Items of the table cannot be read, and began anew: correlations and unsent alerts of a host are gone.", "itemsDamaged");
        Own("NotReadAgain", "The stream had forgotten what items of hosts lacked: correlations that it took part in may be missing.", "replayFaults");
        Own("Unpublished", "SNS refuses alerts; they wait until topic, key or permissions are repaired.", "publishFailedPermanent");
        Own("AlertsDropped", "Alerts that SNS refused filled their space, and the oldest were given up.", "alertsDropped");
        Own("AgentSilent", "A host was not heard of for five minutes and is not known to be stopped.", "silentHosts");
        Own("SweepIncomplete", "The sweep does not see the whole table in its time: waiting alerts and silent hosts are found late.", "sweepsIncomplete", 5, 3);
    }

    private void WatchState(WatchedParts parts) =>
        Alarm("TableThrottled", "DynamoDB refuses reads or writes of the table: batches wait.",
            PipelineMetrics.TableThrottled(parts.State), periods: 5, breaching: 3);

    private void WatchSweep(WatchedParts parts)
    {
        var function = parts.Sweep.Function;
        Alarm("SweepErrors", "The sweep fails: alerts of a worker that died wait, and silent hosts are not found.",
            function.MetricErrors(PipelineMetrics.EachMinute("Sum")), periods: 5, breaching: 3);
        // It runs each minute whatever happens, so no data is the fault.
        var alarm = Alarm("SweepStopped", "The sweep did not run for ten minutes: alerts that wait are not sent, and silent hosts are not found.",
            function.MetricInvocations(PipelineMetrics.EachMinute("Sum")), 1, 10, 10, ComparisonOperator.LESS_THAN_THRESHOLD, TreatMissingData.BREACHING);
        alarm.AddOkAction(_tellOperations);
    }

    private void WatchArchive(WatchedParts parts, Archive archive)
    {
        Alarm("ArchiveLate", "Events reach the archive more than 30 minutes late. Alerts are not concerned.",
            PipelineMetrics.OfDelivery(archive, "DeliveryToS3.DataFreshness", "Maximum"), 1800, periods: 15, breaching: 10);
        Alarm("ArchiveErrors", "The archive function fails as a whole; Firehose tries again.",
            archive.Function.MetricErrors(PipelineMetrics.EachMinute("Sum")), periods: 5, breaching: 3);
        Alarm("ArchiveFailed", "Frames could not be turned into lines; their bytes are below errors/ in the archive's bucket.",
            PipelineMetrics.ArchiveFailed(parts.EnvironmentName));
        CountFailedFrames(parts.EnvironmentName, archive);
        if (archive.Search is not null)
        {
            Alarm("SearchUnread", "Objects of the archive could not be read into OpenSearch in five tries.",
                archive.Search.Unread.MetricApproximateNumberOfMessagesVisible(PipelineMetrics.EachMinute("Maximum")));
        }
    }

    // The lines of the archive function carry no metrics of their own.
    private void CountFailedFrames(string environment, Archive archive) => new MetricFilter(this, "FailedFrames", new MetricFilterProps
    {
        LogGroup = archive.Logs,
        FilterPattern = FilterPattern.StringValue("$.event", "=", "archive-record-failed"),
        MetricNamespace = PipelineMetrics.FilterNamespace(environment),
        MetricName = PipelineMetrics.ArchiveFailedName,
        MetricValue = "1",
    });

    // No data means no traffic: but for the sweep none of these metrics is sent while nothing happens.
    private Alarm Alarm(
        string id, string description, IMetric metric, double threshold = 0, double periods = 1, double breaching = 1,
        ComparisonOperator comparison = ComparisonOperator.GREATER_THAN_THRESHOLD, TreatMissingData missing = TreatMissingData.NOT_BREACHING)
    {
        var alarm = new Alarm(this, id, new AlarmProps
        {
            AlarmDescription = $"{description} What to do: {Runbook}#{id.ToLowerInvariant()}",
            Metric = metric,
            ComparisonOperator = comparison,
            Threshold = threshold,
            EvaluationPeriods = periods,
            DatapointsToAlarm = breaching,
            TreatMissingData = missing,
        });
        alarm.AddAlarmAction(_tellOperations);
        _all.Add(alarm);
        return alarm;
    }
}
