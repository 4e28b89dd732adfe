using System.Diagnostics;
using System.Globalization;
using AlertLambda;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Tuning;
using Amazon.Lambda.KinesisEvents;
using Detection;
using Detection.Rules;
using Detection.Tuning;

namespace Benchmarks.Function;

/// <summary>
/// One worker of the function, from the JSON of a Kinesis event to committed state, in a process of its own: parts, settings and order as in AWS, but store and
/// topics are simulated and take <see cref="Latency"/> a call. Prints a row of a Markdown table.
/// </summary>
internal static class FunctionRun
{
    /// <summary>What a call of the store or a topic takes. DynamoDB answers in single-digit milliseconds.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(5);

    // Of the time in which the runtime still compiles: as a worker that has run for a while.
    private const double WarmUp = 0.4;

    /// <summary>The head of the table.</summary>
    public const string Head =
        "| traffic | rules | batches | events a batch | KiB JSON | ms a batch | CPU ms | events/s | written (KiB each), loaded, published a batch | matches, incidents per 1000 events | peak MiB |\n|---|---|---|---|---|---|---|---|---|---|---|\n";

    /// <summary>Takes all batches of a folder.</summary>
    public static async Task<string> MakeAsync(string folder, IReadOnlyList<string> packs)
    {
        var pack = RuleLoader.Load(packs.SelectMany(Detection.RuleFolders.Sources));
        var engine = new DetectionEngine(pack);
        using var silence = new StreamWriter(Stream.Null);
        var log = new JsonLog(silence, TimeProvider.System);
        var store = new SlowStore(new MemoryStore(TimeProvider.System), Latency);
        var options = StateOptions.For(pack);
        var items = new EngineItems(engine, store, options, TimeProvider.System, log);
        var keeper = new ShardKeeper(new UnaskedLog(), store, items, options, TimeProvider.System, log);
        var publisher = new SlowPublisher(Latency);
        var desk = new NewsDesk("bench", pack, TuningPlan.None, items, new AlertComposer("bench", pack), log, TimeProvider.System);
        var pipeline = new AlertPipeline(new FrameIntake(new LogQuarantine(log)), engine, items, desk, new OutboxDelivery(publisher, log), keeper);
        var function = new AlertLambda.Function(pipeline, "bench", log, TimeProvider.System);
        var serializer = FunctionJsonContext.CreateSerializer();
        var context = new BenchContext();

        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        var first = (int)(files.Count * WarmUp);
        long events = 0, bytes = 0, state = 0, wall = 0, matches = 0;
        var cpu = TimeSpan.Zero;
        int written = 0, loaded = 0, published = 0, incidents = 0;
        for (var i = 0; i < files.Count; i++)
        {
            var json = await File.ReadAllBytesAsync(files[i]);
            var (start, cpuBefore, eventsBefore) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, engine.Counters.Events);
            var (writesBefore, stateBefore, loadsBefore, publishedBefore, matchesBefore) = (store.Writes, store.Bytes, store.Loaded, publisher.Published, engine.Counters.Matches);
            using var stream = new MemoryStream(json);
            var response = await function.HandleAsync(serializer.Deserialize<KinesisEvent>(stream)!, context);
            if (response.BatchItemFailures is { Count: > 0 } failures)
            {
                throw new InvalidOperationException($"batch {i} stopped at {failures[0].ItemIdentifier}");
            }

            if (i >= first)
            {
                wall += Stopwatch.GetTimestamp() - start;
                cpu += Environment.CpuUsage.TotalTime - cpuBefore;
                events += engine.Counters.Events - eventsBefore;
                bytes += json.Length;
                (written, loaded, published) = (written + store.Writes - writesBefore, loaded + store.Loaded - loadsBefore, published + publisher.Published - publishedBefore);
                state += store.Bytes - stateBefore;
                matches += engine.Counters.Matches - matchesBefore;
                incidents += publisher.Published - publishedBefore;
            }
        }

        var (count, seconds) = ((double)(files.Count - first), Stopwatch.GetElapsedTime(0, wall).TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {string.Join(" + ", packs)} ({pack.Rules.Count} + {pack.Correlations.Count}) | {count:f0} | {events / count:f0} | {bytes / count / 1024:f0} | {seconds * 1000 / count:f1} | {cpu.TotalMilliseconds / count:f1} | {events / seconds:f0} | {written / count:f1} ({state / 1024.0 / Math.Max(1, written):f1}), {loaded / count:f1}, {published / count:f1} | {1000.0 * matches / events:f1}, {1000.0 * incidents / 2 / events:f2} | {PeakMebibytes():f0} |\n");
    }

    private static double PeakMebibytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
