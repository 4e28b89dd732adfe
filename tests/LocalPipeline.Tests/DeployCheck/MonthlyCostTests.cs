using System.Globalization;
using System.Text.Json;
using AlertLambda;
using AlertLambda.Delivery;
using AlertLambda.Logging;
using AlertLambda.State;
using AlertLambda.Sweeping;
using LocalPipeline.DeployCheck;
using Support;

namespace LocalPipeline.Tests.DeployCheck;

public sealed class MonthlyCostTests
{
    [Fact]
    public void Manual_shows_the_same_prices() => Assert.Equal(
        Prices.All.Select(price => string.Create(CultureInfo.InvariantCulture, $"| {price.What} | {price.Unit} | {price.Dollars:0.00########} |")),
        File.ReadLines(Repository.File("docs/cost.md")).SkipWhile(line => line != "## Prices").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1));

    [Fact]
    public void Own_metrics_are_as_many_as_function_and_sweep_write()
    {
        using var output = new StringWriter();
        var log = new JsonLog(output, TimeProvider.System);
        InvocationLine.Write(log, "e", "1", new BatchResult(AllOnce(), null, StopReason.None), 1, DateTimeOffset.UnixEpoch);
        SweepLine.Write(log, "e", "1", new SweepResult(AllOnce(), [new SilentHost("host", new HostNote("host", null), DateTimeOffset.UnixEpoch)], 1, IsComplete: false), DateTimeOffset.UnixEpoch);
        var names = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => JsonElement.Parse(line).GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").EnumerateArray())
            .Select(metric => metric.GetProperty("Name").GetString());

        Assert.Equal(MonthlyCost.OwnMetrics, names.Distinct().Count());
        Assert.InRange(output.ToString().Length / 2, 1000, 2500);
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

    [Fact]
    public void Without_hosts_only_what_always_runs_is_paid()
    {
        var lines = Cost("default.template.json", new Fleet(0, 1));

        Assert.All(lines, line => Assert.False(line.Depends));
        Assert.Equal(10.95m, Assert.Single(lines, line => line.What == Prices.Shard.What).Dollars);
        Assert.Equal(14.60m, Assert.Single(lines, line => line.What == Prices.ShardRetention.What).Dollars);
        Assert.Equal(2m, Assert.Single(lines, line => line.What == Prices.Key.What).Dollars);
    }

    [Fact]
    public void Load_grows_with_hosts_and_events_and_quiet_hosts_cost_little()
    {
        static decimal Of(int hosts, decimal events) => Cost("full.template.json", new Fleet(hosts, events)).Where(line => line.Depends).Sum(line => line.Dollars);

        Assert.True(Of(10, 0) < Of(10, 1) && Of(10, 1) < Of(100, 1) && Of(100, 1) < Of(100, 50));
        Assert.InRange(Of(1, 0), 0, 1);
    }

    [Fact]
    public void Switches_cost_what_they_bring()
    {
        var full = Cost("full.template.json", new Fleet(10, 1)).Select(line => line.What).ToHashSet();
        var plain = Cost("default.template.json", new Fleet(10, 1)).Select(line => line.What).ToHashSet();

        Assert.Equal(
            new[] { Prices.Delivery, Prices.Storage, Prices.Ingestion, Prices.Endpoint, Prices.Micro, Prices.Disk }.Select(price => price.What).Order(),
            full.Except(plain).Order());
    }

    private static IReadOnlyList<CostLine> Cost(string file, Fleet fleet) =>
        MonthlyCost.Of(StackTemplate.Read(File.ReadAllBytes(Repository.File($"tests/Fixtures/cdk/{file}")), file), fleet);
}
