using Wire.Text;

namespace EdgeAgent.Options;

/// <summary>All options, in the order of the help text.</summary>
internal static class OptionTable
{
    internal static readonly IReadOnlyList<OptionDefinition> All =
    [
        new("hostId", "1 to 128 characters", "id of this host; default: EC2 instance id, else machine id",
            (o, v) => o with { HostId = OptionForms.OptionalText(v, 128) }),
        new("sinks", "kinesis, console, jsonl", "where events go",
            (o, v) => o with { Sinks = OptionForms.Names<SinkKind>(v) }),
        new("kinesis.streamName", "name of a stream", "Kinesis data stream to write to",
            (o, v) => o with { KinesisStream = OptionForms.StreamName(v) }),
        new("kinesis.region", "for example eu-west-1", "AWS region; default: the SDK's own search",
            (o, v) => o with { KinesisRegion = OptionForms.OptionalText(v, 64) }),
        new("kinesis.kibPerSecond", "16 to 10240", "most that is sent in a second; a shard takes 1024 of all hosts together",
            (o, v) => o with { KinesisBytesPerSecond = OptionForms.Number(v, 16, 10_240) * 1024 }),
        new("kinesis.endpoint", "http(s) URL", "address to use instead of AWS's own",
            (o, v) => o with { KinesisEndpoint = OptionForms.Url(v) }),
        new("jsonl.path", "path, or - for standard output", "file of the jsonl sink",
            (o, v) => o with { JsonLinesPath = OptionForms.Text(v, 4096) }),
        new("watch.files", "absolute paths, * for one part", "files whose opens are reported",
            (o, v) => o with { WatchFiles = OptionForms.Paths(v) }),
        new("watch.moreFiles", "absolute paths, * for one part", "files in addition to watch.files",
            (o, v) => o with { WatchFiles = [.. o.WatchFiles, .. OptionForms.Paths(v)] }),
        new("watch.folders", "absolute paths, * for one part", "folders whose content is watched, with all folders below",
            (o, v) => o with { WatchFolders = OptionForms.Paths(v) }),
        new("watch.moreFolders", "absolute paths, * for one part", "folders in addition to watch.folders",
            (o, v) => o with { WatchFolders = [.. o.WatchFolders, .. OptionForms.Paths(v)] }),
        new("watch.commands", "absolute paths, * for one part", "programs whose execution is sensitive",
            (o, v) => o with { WatchCommands = OptionForms.Paths(v) }),
        new("watch.moreCommands", "absolute paths, * for one part", "programs in addition to watch.commands",
            (o, v) => o with { WatchCommands = [.. o.WatchCommands, .. OptionForms.Paths(v)] }),
        new("watch.rules", "paths", "rule files, and folders of them, whose files are watched as well",
            OptionRules.Apply),
        new("watch.rescanSeconds", "1 to 3600", "how often the watch lists are compared with the file system",
            (o, v) => o with { WatchRescan = TimeSpan.FromSeconds(OptionForms.Number(v, 1, 3600)) }),
        new("network.excludeFiles", "paths", "files with one excluded network a line, # for comments",
            (o, v) => o with { ExcludedNetworks = OptionForms.NetworkFiles(v), Sources = [.. o.Sources, .. OptionForms.Files(v)] }),
        new("network.exclude", "networks such as 10.0.0.0/8", "networks in addition to those of network.excludeFiles",
            (o, v) => o with { ExcludedNetworks = [.. o.ExcludedNetworks, .. OptionForms.Networks(v)] }),
        new("forward.exec", "all or watched", "which execs leave the host",
            (o, v) => o with { ForwardExec = OptionForms.Name<ForwardExec>(v) }),
        new("forward.lifecycle", "true or false", "whether forks and exits leave the host",
            (o, v) => o with { ForwardLifecycle = OptionForms.Boolean(v) }),
        new("flood.alikePerSecond", "0 to 1000000; 0 = all", "bulk events of a process that are alike and leave the host one by one, before the others are counted in one",
            (o, v) => o with { FloodAlikePerSecond = (int)OptionForms.Number(v, 0, 1_000_000) }),
        new("batch.flushMilliseconds", "10 to 60000", "longest wait of a bulk event; up to 5 s while many frames wait for their sinks",
            (o, v) => o with { FlushInterval = TimeSpan.FromMilliseconds(OptionForms.Number(v, 10, 60_000)) }),
        new("batch.highValueFlushMilliseconds", "0 to 1000", "longest wait of a high-value event",
            (o, v) => o with { HighValueFlushInterval = TimeSpan.FromMilliseconds(OptionForms.Number(v, 0, 1000)) }),
        new("batch.frameKiB", "1 to 900", "size at which a frame is sent; eight times as much while many wait",
            (o, v) => o with { FrameBytes = (int)OptionForms.Number(v, 1, 900) * 1024 }),
        new("spool.path", "absolute path", "folder in which frames wait for Kinesis; one agent a folder",
            (o, v) => o with { SpoolPath = OptionForms.Folder(v) }),
        new("spool.mebibytes", "1 to 4096", "most room for frames that a sink does not take: of Kinesis on disk, of others in memory",
            (o, v) => o with { SpoolBytes = OptionForms.Number(v, 1, 4096) * 1024 * 1024 }),
        new("spool.hours", "1 to 8760", "longest time that a frame waits for a sink",
            (o, v) => o with { SpoolAge = TimeSpan.FromHours(OptionForms.Number(v, 1, 8760)) }),
        new("rings.highKiB", "power of two, 64 to 65536", "ring buffer for high-value events",
            (o, v) => o with { HighRingBytes = OptionForms.PowerOfTwoKiB(v, 64, 65_536) }),
        new("rings.bulkKiB", "power of two, 64 to 262144", "ring buffer for all other events",
            (o, v) => o with { BulkRingBytes = OptionForms.PowerOfTwoKiB(v, 64, 262_144) }),
        new("pins", "absolute path below a BPF file system, or off", "folder in which the probes outlive the agent, so that a restart misses nothing",
            (o, v) => o with { PinFolder = OptionForms.PathOrOff(v) }),
        new("probes.avoid", "for example file-open.fexit", "probes that are not used although they could be",
            (o, v) => o with { AvoidedProbes = OptionForms.Probes(v) }),
        new("selfTest.seconds", "1 to 86400", "how often the agent sets off its own probes to see that they fire",
            (o, v) => o with { SelfTestInterval = TimeSpan.FromSeconds(OptionForms.Number(v, 1, 86_400)) }),
        new("health.socket", "absolute path, or off", "unix socket of which edge-agent status asks how the agent is",
            (o, v) => o with { HealthSocket = OptionForms.SocketOrOff(v) }),
        new("metrics.port", "0 = none, or 1024 to 65535", "port on the loopback interface that gives metrics to Prometheus",
            (o, v) => o with { MetricsPort = OptionForms.Port(v) }),
        new("metadata", "auto, on or off", "use of the EC2 instance metadata service",
            (o, v) => o with { Metadata = OptionForms.Name<MetadataMode>(v) }),
    ];

    /// <summary>The definition with that JSON key.</summary>
    internal static OptionDefinition? Find(string key) => All.FirstOrDefault(d => d.Key == key);

    /// <summary>The known key nearest to a mistyped one, or null when none is near.</summary>
    internal static string? Nearest(string key) => NearestName.Find(key, All.Select(d => d.Key));
}
