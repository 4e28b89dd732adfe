using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Support;
using Support.Lambda;
using Support.Servers;

namespace Benchmarks.Cost;

/// <summary>
/// A fleet for some minutes of event time, from agents' batchers over a stream to the real function, its table and its topics. Event time runs as fast as all that can follow.
/// </summary>
internal sealed class CostRun : IAsyncDisposable
{
    private const int BatchSize = 200;
    private const string Stream = "cost";

    // A pass of the agent's pipeline.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly int StepsPerSecond = (int)(TimeSpan.FromSeconds(1) / Step);

    private readonly KinesaliteServer _kinesis = new();
    private readonly DynaliteServer _tables = new();
    private readonly FauxqsServer _topics = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<CostHost> _hosts;
    private readonly double _eventsPerSecond;
    private CountingProxy _table = null!;
    private CountingProxy _sns = null!;
    private LambdaRuntimeApi _function = null!;
    private LambdaRuntimeApi _sweep = null!;
    private string _iterator = "";

    public CostRun(int hosts, double eventsPerSecond, string contents)
    {
        var events = CostContents.Make(contents);
        _hosts = [.. Enumerable.Range(0, hosts).Select(number => new CostHost(number, events))];
        _eventsPerSecond = eventsPerSecond;
    }

    /// <summary>What was counted since <see cref="Reset"/>.</summary>
    public CostCounts Counts { get; private set; } = new();

    /// <summary>Calls of DynamoDB since <see cref="Reset"/>.</summary>
    public IReadOnlyDictionary<string, (long Calls, double Units, long Bytes)> TableCalls => _table.Calls;

    /// <summary>Calls of SNS since <see cref="Reset"/>.</summary>
    public IReadOnlyDictionary<string, (long Calls, double Units, long Bytes)> TopicCalls => _sns.Calls;

    private string Log => _folder["log"];

    /// <summary>Starts emulators and function.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(_kinesis.StartAsync(), _tables.StartAsync(), _topics.StartAsync());
        await _kinesis.CreateStreamAsync(Stream);
        _table = new CountingProxy(_tables.Endpoint);
        _sns = new CountingProxy(_topics.Endpoint);
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_DYNAMODB"] = _table.Endpoint.ToString(), ["AWS_ENDPOINT_URL_SNS"] = _sns.Endpoint.ToString(),
            ["AWS_ENDPOINT_URL_KINESIS"] = _kinesis.Endpoint.ToString(), ["STREAM_NAME"] = Stream,
            ["ALERT_EMAIL_TOPIC_ARN"] = await _topics.CreateTopicAsync("mail"), ["ALERT_CHAT_TOPIC_ARN"] = await _topics.CreateTopicAsync("chat"),
            ["STATE_TABLE"] = await _tables.CreateTableAsync("pk"), ["RULES_PATH"] = Repository.File("rules"), ["ENVIRONMENT_NAME"] = "cost",
            ["DOTNET_GCgen0size"] = "0x1000000", ["DOTNET_GCGen0MaxBudget"] = "0x1000000", ["DOTNET_GCLOHThreshold"] = "0x300000", ["DOTNET_TieredPGO"] = "0",
        };
        _function = Start(environment);
        _sweep = Start(new Dictionary<string, string?>(environment) { ["FUNCTION_TASK"] = "sweep" });
        var place = await _kinesis.Client.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamName = Stream, ShardId = "shardId-000000000000", ShardIteratorType = ShardIteratorType.TRIM_HORIZON });
        _iterator = place.ShardIterator!;
    }

    /// <summary>Counts from here on.</summary>
    public void Reset()
    {
        Counts = new CostCounts();
        _table.Calls.Clear();
        _sns.Calls.Clear();
        File.WriteAllText(Log, "");
    }

    /// <summary>Plays some minutes.</summary>
    public async Task RunAsync(int minutes)
    {
        for (var second = 1; second <= minutes * 60; second++)
        {
            await PutAsync();
            await DeliverAsync();
            if (second % 60 == 0)
            {
                Counts.SweepMs += await InvokeAsync(_sweep, "{}"u8.ToArray());
                Counts.Sweeps++;
            }
        }

        Counts.LogBytes = new FileInfo(Log).Length + (26 * File.ReadLines(Log).Count());
        Counts.Metrics = File.ReadLines(Log).Where(line => line.Contains("\"_aws\"", StringComparison.Ordinal)).SelectMany(Metrics).Distinct().Count();
    }

    /// <summary>Kills the function and gives the next batch to another process, which has to read again what items of hosts lack.</summary>
    /// <returns>How long that batch took, its start included, ms, and how many records were read again.</returns>
    public async Task<(long Ms, int Records)> StartAnewAsync()
    {
        await _function.KillFunctionAsync();
        await PutAsync();
        Counts = new CostCounts();
        await DeliverAsync();
        var line = File.ReadLines(Log).Last(line => line.Contains("\"shard-read-again\"", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line);
        return (Counts.FunctionMs, json.RootElement.GetProperty("records").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        await _function.DisposeAsync();
        await _sweep.DisposeAsync();
        await _table.DisposeAsync();
        await _sns.DisposeAsync();
        await _kinesis.DisposeAsync();
        await _tables.DisposeAsync();
        await _topics.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<string> Metrics(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").EnumerateArray().Select(metric => metric.GetProperty("Name").GetString()!)];
    }

    private LambdaRuntimeApi Start(Dictionary<string, string?> environment) => new(new LambdaFunctionOptions
    {
        FileName = "/bin/sh",
        Arguments = ["-c", "exec \"$0\" >> \"$1\" 2>&1", Repository.File("artifacts/bin/AlertLambda/release/AlertLambda"), Log],
        Environment = environment,
    })
    { Timeout = TimeSpan.FromMinutes(1) };

    private async Task PutAsync()
    {
        for (var step = 0; step < StepsPerSecond; step++)
        {
            foreach (var host in _hosts)
            {
                foreach (var frame in host.Pass(Step, _eventsPerSecond).ToList())
                {
                    using var data = new MemoryStream(frame);
                    await _kinesis.Client.PutRecordAsync(new PutRecordRequest { StreamName = Stream, PartitionKey = host.Id, Data = data });
                    Counts.Puts++;
                    Counts.PutBytes += frame.Length;
                    Counts.PutUnits += (frame.Length + host.Id.Length + Prices.PutUnitBytes - 1) / Prices.PutUnitBytes;
                }
            }
        }
    }

    private async Task DeliverAsync()
    {
        while (true)
        {
            var response = await _kinesis.Client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = _iterator });
            _iterator = response.NextShardIterator!;
            if (response.Records is not { Count: > 0 } records)
            {
                return;
            }

            foreach (var batch in records.Chunk(BatchSize))
            {
                var json = KinesisEventJson.Write($"arn:aws:kinesis:{DummyAws.Region}:{DummyAws.AccountId}:stream/{Stream}", "shardId-000000000000", batch);
                Counts.FunctionMs += await InvokeAsync(_function, json);
                Counts.Invocations++;
            }
        }
    }

    private static async Task<long> InvokeAsync(LambdaRuntimeApi function, byte[] payload)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await function.InvokeAsync(payload);
        return result.Succeeded && !result.Text.Contains("itemIdentifier", StringComparison.OrdinalIgnoreCase)
            ? (long)Math.Ceiling(Stopwatch.GetElapsedTime(start).TotalMilliseconds)
            : throw new InvalidOperationException(result.Text.ToString(CultureInfo.InvariantCulture));
    }
}
