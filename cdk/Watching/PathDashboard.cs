using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace Cdk.Watching;

/// <summary>One dashboard, laid out as the path of the data: alarms, stream, function, detection, table, people, sweep, archive. A row is a stage.</summary>
public sealed class PathDashboard : Construct
{
    private const double Third = 8;

    private static MetricOptions Sums => PipelineMetrics.EachMinute("Sum");

    private readonly Dashboard _dashboard;
    private readonly string _environment;

    /// <summary>Creates the dashboard.</summary>
    public PathDashboard(Construct scope, string id, WatchedParts parts, Alarms alarms)
        : base(scope, id)
    {
        _environment = parts.EnvironmentName;
        // With the region: an account has one list of dashboards for all of them.
        _dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DashboardName = $"edge-pipeline-{_environment}-{Amazon.CDK.Aws.REGION}" });
        _dashboard.AddWidgets(new AlarmStatusWidget(new AlarmStatusWidgetProps { Title = "Alarms", Alarms = [.. alarms.All], Width = 24, Height = 4 }));
        AddStream(parts.Ingest);
        AddFunction(parts.Detection.Function);
        Row("3. Detection", "What the rules found, and what may have been missed.",
            Graph("Incidents", Own("incidents", "unknownVerdicts")), Graph("Lost or forgotten", Own("lostOnHost", "evicted", "beyondLateness")),
            Graph("Set aside", Own("undecodable", "faults", "quarantined")));
        Row("4. Table", "What is remembered, one item a host.",
            Graph("Items", Own("itemsLoaded", "itemsWritten")), Graph("Bytes of state", Own("stateBytes")),
            Graph("Trouble", [.. Own("commitConflicts", "storeFailures", "itemsDamaged"), PipelineMetrics.TableThrottled(parts.State)]));
        Row("5. People", "What is told, and what is not.",
            Graph("Published", Own("published")), Graph("Not published", Own("publishFailedTransient", "publishFailedPermanent", "alertsDropped")),
            Graph("Not delivered by SNS", [.. parts.Alerting.Topics.Select(PipelineMetrics.Failed)]));
        Row("6. Sweep", "Each minute over the table.",
            Graph("Silent hosts", Own("silentHosts", "settledHosts")), Graph("Items", Own("sweptItems", "sweepsIncomplete")),
            Graph("Calls", parts.Sweep.Function.MetricInvocations(Sums), parts.Sweep.Function.MetricErrors(Sums)));
        if (parts.Archive is not null)
        {
            AddArchive(parts.Archive);
        }
    }

    private void AddStream(Ingest ingest)
    {
        var stream = ingest.Stream;
        Row("1. Hosts to stream", "One record is one frame of one host.",
            Graph("Frames", stream.MetricIncomingRecords(Sums)),
            Graph("Bytes", stream.MetricIncomingBytes(Sums)),
            Graph("Refused", stream.MetricWriteProvisionedThroughputExceeded(Sums)));
    }

    private void AddFunction(Function function) => Row("2. Stream to function", "How late, how fast, how often in vain.",
        Graph("Age in ms", function.Metric("IteratorAge", PipelineMetrics.EachMinute("Maximum")), function.MetricDuration(PipelineMetrics.EachMinute("p95"))),
        Graph("Calls", function.MetricInvocations(Sums), function.MetricErrors(Sums), function.MetricThrottles(Sums)),
        Graph("Taken in", Own("frames", "events", "duplicates")));

    private void AddArchive(Archive archive) => Row("7. Archive", "All events, beside detection.",
        Graph("Seconds behind", PipelineMetrics.OfDelivery(archive, "DeliveryToS3.DataFreshness", "Maximum")),
        Graph("Bytes to S3", PipelineMetrics.OfDelivery(archive, "DeliveryToS3.Bytes", "Sum")),
        Graph("Failed", archive.Function.MetricErrors(Sums), PipelineMetrics.ArchiveFailed(_environment)));

    private void Row(string stage, string says, params IWidget[] graphs)
    {
        _dashboard.AddWidgets(new TextWidget(new TextWidgetProps { Markdown = $"## {stage}\n{says}", Width = 24, Height = 2 }));
        _dashboard.AddWidgets(graphs);
    }

    private static GraphWidget Graph(string title, params IMetric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = Third, Height = 5 });

    private IMetric[] Own(params string[] names) => [.. names.Select(name => PipelineMetrics.Own(_environment, name))];
}
