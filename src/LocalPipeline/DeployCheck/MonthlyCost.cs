using System.Globalization;
using System.Text.Json;

namespace LocalPipeline.DeployCheck;

/// <summary>What a template costs a month, from <see cref="Prices"/> and what a fleet sends. Not counted: data transfer, KMS requests, what people do.</summary>
internal static class MonthlyCost
{
    /// <summary>Distinct metrics that function and sweep write into their logs.</summary>
    internal const int OwnMetrics = 34;

    private const decimal Million = 1_000_000;
    private const decimal Kilobyte = 1024;
    private const decimal Gigabyte = Kilobyte * Kilobyte * Kilobyte;
    private const decimal Minutes = Prices.Hours * 60;

    // Assumed, as docs/cost.md says: the log line of an invocation with its metrics, an item of the table, the time of a call.
    private const decimal BytesOfLine = 2_000;
    private const decimal KilobytesOfItem = 8;
    private const decimal MinutesOfCheckpoint = 5;
    private const decimal SecondsOfCall = 0.25m;

    /// <summary>The lines of the bill, in the order of the data.</summary>
    internal static IReadOnlyList<CostLine> Of(StackTemplate template, Fleet fleet)
    {
        var lines = new List<CostLine>();
        Streams(lines, template, fleet);
        Functions(lines, template, fleet);
        Table(lines, template, fleet);
        Archive(lines, template, fleet);
        Watching(lines, template);
        Hosts(lines, template);
        return lines;
    }

    private static void Streams(List<CostLine> lines, StackTemplate template, Fleet fleet)
    {
        foreach (var stream in template.Of("AWS::Kinesis::Stream"))
        {
            if (stream.Text("StreamModeDetails", "StreamMode") == "ON_DEMAND")
            {
                Add(lines, Prices.OnDemandStream, Prices.Hours);
                Add(lines, Prices.OnDemandIn, fleet.BytesRoundedUpTo(Kilobyte) / Gigabyte, true);
                Add(lines, Prices.OnDemandOut, fleet.Bytes / Gigabyte, true);
                continue;
            }

            var shards = stream.Number(1, "ShardCount");
            Add(lines, Prices.Shard, shards * Prices.Hours);
            if (stream.Number(24, "RetentionPeriodHours") > 24)
            {
                Add(lines, Prices.ShardRetention, shards * Prices.Hours);
            }

            Add(lines, Prices.PutUnits, fleet.BytesRoundedUpTo(25 * Kilobyte) / (25 * Kilobyte) / Million, true);
        }
    }

    // A shard is asked once a second; a call takes 200 records. Nobody is called for nothing.
    private static void Functions(List<CostLine> lines, StackTemplate template, Fleet fleet)
    {
        var seconds = Prices.Hours * 3600;
        foreach (var mapping in template.Of("AWS::Lambda::EventSourceMapping"))
        {
            var (calls, shards) = (CallsOf(template, fleet), ShardsOf(template));
            Add(lines, Prices.Calls, calls / Million, true);
            Add(lines, Prices.Compute, Math.Min(calls * SecondsOfCall, seconds * shards) * Memory(template), true);
            Add(lines, Prices.Logs, calls * BytesOfLine / Gigabyte, true);
        }

        foreach (var rule in template.Of("AWS::Events::Rule").Where(rule => rule.Text("ScheduleExpression").Length > 0))
        {
            Add(lines, Prices.Calls, Minutes / Million);
            Add(lines, Prices.Compute, Minutes * Memory(template));
            Add(lines, Prices.Logs, Minutes * BytesOfLine / Gigabyte);
        }
    }

    private static decimal ShardsOf(StackTemplate template) => template.Of("AWS::Kinesis::Stream").Sum(stream => stream.Number(4, "ShardCount"));

    private static decimal CallsOf(StackTemplate template, Fleet fleet) => Math.Max(fleet.Frames / 200, Math.Min(fleet.Frames, Prices.Hours * 3600 * ShardsOf(template)));

    // Each call reads and writes the mark of its shard.
    private static void Table(List<CostLine> lines, StackTemplate template, Fleet fleet)
    {
        foreach (var table in template.Of("AWS::DynamoDB::Table"))
        {
            Add(lines, Prices.Writes, ((fleet.Hosts * Minutes / MinutesOfCheckpoint * KilobytesOfItem) + CallsOf(template, fleet)) / Million, true);
            Add(lines, Prices.Reads, ((Math.Ceiling(fleet.Hosts * KilobytesOfItem / 8) * Minutes) + CallsOf(template, fleet)) / Million, true);
        }
    }

    private static void Archive(List<CostLine> lines, StackTemplate template, Fleet fleet)
    {
        foreach (var delivery in template.Of("AWS::KinesisFirehose::DeliveryStream"))
        {
            Add(lines, Prices.Delivery, fleet.BytesRoundedUpTo(5 * Kilobyte) / Gigabyte, true);
            Add(lines, Prices.Storage, fleet.ArchivedBytes / Gigabyte, true);
        }

        foreach (var pipeline in template.Of("AWS::OSIS::Pipeline"))
        {
            Add(lines, Prices.Ingestion, pipeline.Number(1, "MinUnits") * Prices.Hours);
        }
    }

    private static void Watching(List<CostLine> lines, StackTemplate template)
    {
        Add(lines, Prices.Key, template.Of("AWS::KMS::Key").Count());
        Add(lines, Prices.Alarm, template.Of("AWS::CloudWatch::Alarm").Sum(MetricsOf));
        Add(lines, Prices.Metric, (template.Of("AWS::Lambda::EventSourceMapping").Any() ? OwnMetrics : 0) + template.Of("AWS::Logs::MetricFilter").Count());
        Add(lines, Prices.Dashboard, template.Of("AWS::CloudWatch::Dashboard").Count());
    }

    private static void Hosts(List<CostLine> lines, StackTemplate template)
    {
        var endpoints = template.Of("AWS::EC2::VPCEndpoint").Where(one => one.Text("VpcEndpointType") == "Interface");
        Add(lines, Prices.Endpoint, endpoints.Sum(one => one.Count("SubnetIds")) * Prices.Hours);
        foreach (var host in template.Of("AWS::AutoScaling::AutoScalingGroup"))
        {
            var own = template.Of("AWS::EC2::LaunchTemplate").FirstOrDefault(one => one.Id == host.Text("LaunchTemplate", "LaunchTemplateId"));
            Add(lines, own?.Text("LaunchTemplateData", "InstanceType") == "t4g.micro" ? Prices.MicroArm : Prices.Micro, Prices.Hours);
            Add(lines, Prices.Disk, 8);
        }
    }

    // An alarm that computes its value is paid for each metric that it reads.
    private static int MetricsOf(TemplateResource alarm) => alarm.At("Metrics") is { ValueKind: JsonValueKind.Array } several
        ? several.EnumerateArray().Count(one => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("MetricStat", out _))
        : 1;

    private static decimal Memory(StackTemplate template) =>
        template.Of("AWS::Lambda::Function").Select(one => one.Number(512, "MemorySize")).DefaultIfEmpty(512).Max() / 1024;

    private static void Add(List<CostLine> lines, Price price, decimal quantity, bool depends = false)
    {
        if (quantity > 0)
        {
            lines.Add(new CostLine(price.What, $"{quantity.ToString("0.###", CultureInfo.InvariantCulture)} × {price.Unit}", quantity * price.Dollars, depends));
        }
    }
}
