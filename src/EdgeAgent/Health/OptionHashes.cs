using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EdgeAgent.Options;

namespace EdgeAgent.Health;

/// <summary>
/// Hashes of options: equal where the options are equal, whatever file they came from and in whatever order lists stand. For comparing hosts of a fleet, not
/// against an attacker. Immutable.
/// </summary>
/// <param name="Config">Of all options, lower-case hexadecimal.</param>
/// <param name="Watch">Of the watch lists, those that rules add included.</param>
internal sealed record OptionHashes(string Config, string Watch)
{
    /// <summary>The hashes of these options.</summary>
    internal static OptionHashes Of(AgentOptions options)
    {
        var watch = new StringBuilder();
        Add(watch, "watch.files", options.WatchFiles);
        Add(watch, "watch.folders", options.WatchFolders);
        Add(watch, "watch.commands", options.WatchCommands);
        return new OptionHashes(HashOf($"{Text(options)}{watch}"), HashOf(watch.ToString()));
    }

    private static StringBuilder Text(AgentOptions options)
    {
        var text = new StringBuilder();
        Add(text, "hostId", options.HostId);
        Add(text, "sinks", options.Sinks.Select(sink => sink.ToString()));
        Add(text, "kinesis.streamName", options.KinesisStream);
        Add(text, "kinesis.region", options.KinesisRegion);
        Add(text, "kinesis.bytesPerSecond", options.KinesisBytesPerSecond);
        Add(text, "kinesis.endpoint", options.KinesisEndpoint?.AbsoluteUri);
        Add(text, "jsonl.path", options.JsonLinesPath);
        Add(text, "watch.rules", options.WatchRules);
        Add(text, "watch.rescan", options.WatchRescan);
        Add(text, "network.exclude", options.ExcludedNetworks.Select(network => network.ToString()));
        Add(text, "forward.exec", options.ForwardExec.ToString());
        Add(text, "forward.lifecycle", options.ForwardLifecycle ? 1 : 0);
        Add(text, "flood.alikePerSecond", options.FloodAlikePerSecond);
        Add(text, "batch.flush", options.FlushInterval);
        Add(text, "batch.highValueFlush", options.HighValueFlushInterval);
        Add(text, "batch.frameBytes", options.FrameBytes);
        Add(text, "spool.path", options.SpoolPath);
        Add(text, "spool.bytes", options.SpoolBytes);
        Add(text, "spool.age", options.SpoolAge);
        Add(text, "rings.high", options.HighRingBytes);
        Add(text, "rings.bulk", options.BulkRingBytes);
        Add(text, "pins", options.PinFolder);
        Add(text, "probes.avoid", options.AvoidedProbes);
        Add(text, "selfTest.interval", options.SelfTestInterval);
        Add(text, "metadata", options.Metadata.ToString());
        Add(text, "health.socket", options.HealthSocket);
        Add(text, "metrics.port", options.MetricsPort);
        return text;
    }

    private static void Add(StringBuilder text, string name, string? value) => Add(text, name, value is null ? [] : (string[])[value]);

    private static void Add(StringBuilder text, string name, TimeSpan value) => Add(text, name, value.Ticks);

    private static void Add(StringBuilder text, string name, long value) => Add(text, name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lengths stand before values, so that no two lists give the same text.</summary>
    private static void Add(StringBuilder text, string name, IEnumerable<string> values)
    {
        text.Append(name).Append('\n');
        foreach (var value in values.Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $" {value.Length} {value}\n");
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)));
}
