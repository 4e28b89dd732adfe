namespace LocalPipeline.DeployCheck;

/// <summary>The one table of prices: us-east-1, November 2026. <c>docs/cost.md</c> shows the same, and a test compares them.</summary>
internal static class Prices
{
    /// <summary>Hours of a month, as AWS counts.</summary>
    internal const decimal Hours = 730;

    internal static readonly Price Shard = new("Kinesis, provisioned", "shard and hour", 0.015m);
    internal static readonly Price ShardRetention = new("Kinesis, records kept for more than 24 hours", "shard and hour", 0.02m);
    internal static readonly Price PutUnits = new("Kinesis, PUT units of 25 KB", "million", 0.014m);
    internal static readonly Price OnDemandStream = new("Kinesis, on demand", "stream and hour", 0.04m);
    internal static readonly Price OnDemandIn = new("Kinesis, on demand, bytes in, each record rounded up to 1 KB", "GB", 0.08m);
    internal static readonly Price OnDemandOut = new("Kinesis, on demand, bytes out", "GB", 0.04m);
    internal static readonly Price Compute = new("Lambda on arm64, memory and time", "GB and second", 0.0000133334m);
    internal static readonly Price Calls = new("Lambda, calls", "million", 0.20m);
    internal static readonly Price Writes = new("DynamoDB, writes of 1 KB", "million", 0.625m);
    internal static readonly Price Reads = new("DynamoDB, reads of 8 KB, eventually consistent", "million", 0.125m);
    internal static readonly Price Key = new("KMS key", "month", 1m);
    internal static readonly Price Alarm = new("CloudWatch alarm", "metric and month", 0.10m);
    internal static readonly Price Metric = new("CloudWatch metric", "month", 0.30m);
    internal static readonly Price Dashboard = new("CloudWatch dashboard beyond the first three", "month", 3m);
    internal static readonly Price Logs = new("CloudWatch Logs, bytes in", "GB", 0.50m);
    internal static readonly Price Delivery = new("Data Firehose, bytes in, each record rounded up to 5 KB", "GB", 0.029m);
    internal static readonly Price Storage = new("S3, storage", "GB and month", 0.023m);
    internal static readonly Price Ingestion = new("OpenSearch Ingestion", "unit and hour", 0.24m);
    internal static readonly Price Endpoint = new("VPC interface endpoint", "subnet and hour", 0.01m);
    internal static readonly Price Micro = new("EC2 t3.micro", "hour", 0.0104m);
    internal static readonly Price MicroArm = new("EC2 t4g.micro", "hour", 0.0084m);
    internal static readonly Price Disk = new("EBS gp3", "GB and month", 0.08m);
    internal static readonly Price Mail = new("SNS, e-mails", "100,000", 2m);

    /// <summary>All of them, in the order of the table.</summary>
    internal static IReadOnlyList<Price> All { get; } =
    [
        Shard, ShardRetention, PutUnits, OnDemandStream, OnDemandIn, OnDemandOut, Compute, Calls, Writes, Reads, Key, Alarm, Metric, Dashboard, Logs,
        Delivery, Storage, Ingestion, Endpoint, Micro, MicroArm, Disk, Mail,
    ];
}
