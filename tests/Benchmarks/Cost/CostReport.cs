using System.Globalization;
using System.Text;

namespace Benchmarks.Cost;

/// <summary>What a fleet costs a month, from counted calls.</summary>
internal static class CostReport
{
    // Of 25 alarms two read two metrics.
    private const int Alarms = 27;
    private const int Keys = 2;
    private const double FunctionGibibytes = 0.5;

    // Until every host is written, and what was loaded cold stays in memory.
    private const int WarmUpMinutes = 3;

    public static async Task<string> MakeAsync(int hosts, double eventsPerSecond, int minutes, string contents)
    {
        await using var run = new CostRun(hosts, eventsPerSecond, contents);
        await run.StartAsync();
        await run.RunAsync(WarmUpMinutes);
        run.Reset();
        await run.RunAsync(minutes);
        var text = Text(run, hosts, eventsPerSecond, minutes);
        var (ms, records) = await run.StartAnewAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{contents}: {text}\nA process that starts cold takes {ms} ms for its first batch, in which it reads {records} records again.\n");
    }

    private static string Text(CostRun run, int hosts, double eventsPerSecond, int minutes)
    {
        var counts = run.Counts;
        var month = Prices.HoursAMonth * 60 / minutes;
        var text = new StringBuilder();
        Line($"{hosts} hosts with {eventsPerSecond} events/s each, {minutes} minutes after {WarmUpMinutes} of warm-up; list prices of us-east-1");
        foreach (var (name, (calls, units, bytes)) in run.TableCalls.OrderBy(call => call.Key, StringComparer.Ordinal))
        {
            Line($"  DynamoDB {name}: {calls} calls, {units:f1} units, {bytes / (double)calls:f0} bytes a request");
        }

        Line($"  Kinesis: {counts.Puts} frames of {counts.PutBytes / (double)counts.Puts:f0} bytes, {counts.PutUnits} units");
        Line($"  function: {counts.Invocations} calls of {counts.FunctionMs / (double)counts.Invocations:f0} ms, sweep: {counts.Sweeps} of {counts.SweepMs / (double)counts.Sweeps:f0} ms, {counts.LogBytes} bytes of log, {counts.Metrics} metrics");
        Line($"");
        Line($"| service | a month | $ |");
        Line($"|---|---|---|");
        var writes = Units("PutItem", "UpdateItem");
        var reads = Units("BatchGetItem", "Scan", "GetItem");
        var published = run.TopicCalls.Values.Sum(call => call.Calls);
        var total = 0.0;
        Row("Kinesis", $"1 shard, {counts.PutUnits * month / 1e6:f0} million PUT units", Prices.Shard + (counts.PutUnits * month * Prices.PutUnit));
        Row("Lambda", $"{counts.Invocations * month / 1e6:f2} million calls, {(counts.FunctionMs + counts.SweepMs) * month / 1000 * FunctionGibibytes / 1000:f0} thousand GB-s",
            ((counts.Invocations + counts.Sweeps) * month * Prices.Invocation) + ((counts.FunctionMs + counts.SweepMs) * month / 1000 * FunctionGibibytes * Prices.GibibyteSecond));
        Row("DynamoDB", $"{writes * month / 1e6:f2} million write units, {reads * month / 1e6:f2} million read units", (writes * month * Prices.WriteUnit) + (reads * month * Prices.ReadUnit));
        Row("SNS", $"{published * month:f0} messages, half of them mails", published * month * (Prices.Publication + (Prices.Mail / 2)));
        Row("CloudWatch Logs", $"{counts.LogBytes * month / 1e9:f2} GB", counts.LogBytes * month * Prices.LogByte);
        Row("CloudWatch metrics, alarms", $"{counts.Metrics} metrics, {Alarms} alarmed metrics", (counts.Metrics * Prices.Metric) + (Alarms * Prices.Alarm));
        Row("KMS", $"{Keys} keys", Keys * Prices.Key);
        Line($"| **all** | | **{total:f2}** |");
        return text.ToString();

        double Units(params string[] operations) => operations.Sum(operation => run.TableCalls.TryGetValue(operation, out var call) ? call.Units : 0);

        void Row(string service, string what, double dollars)
        {
            total += dollars;
            Line($"| {service} | {what} | {dollars:f2} |");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
