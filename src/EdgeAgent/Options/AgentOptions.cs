using System.Net;

namespace EdgeAgent.Options;

/// <summary>Everything that can be set. Made by <see cref="OptionsReader"/>, which checks all of it at once. Immutable.</summary>
public sealed record AgentOptions
{
    /// <summary>Host id and partition key, 1 to 128 characters; null = EC2 instance id, else machine id, else host name.</summary>
    public string? HostId { get; init; }

    /// <summary>Where events go; at least one.</summary>
    public IReadOnlyList<SinkKind> Sinks { get; init; } = [SinkKind.Console];

    /// <summary>Kinesis stream; required by the kinesis sink.</summary>
    public string? KinesisStream { get; init; }

    /// <summary>AWS region; null = the SDK's own search (environment, profile, instance metadata).</summary>
    public string? KinesisRegion { get; init; }

    /// <summary>Most bytes that are sent to Kinesis in a second, 16 KiB to 10 MiB. Half of what a shard takes leaves room for other hosts.</summary>
    public long KinesisBytesPerSecond { get; init; } = 512 * 1024;

    /// <summary>Another address than AWS's own, for emulators and VPC endpoints; null = AWS.</summary>
    public Uri? KinesisEndpoint { get; init; }

    /// <summary>File of the jsonl sink; "-" = standard output.</summary>
    public string JsonLinesPath { get; init; } = "-";

    /// <summary>Files whose opens are reported: absolute paths, <c>*</c> for one path part.</summary>
    public IReadOnlyList<string> WatchFiles { get; init; } = [];

    /// <summary>Folders whose content and own opens are reported, with all folders below.</summary>
    public IReadOnlyList<string> WatchFolders { get; init; } = [];

    /// <summary>Programs whose execution is reported as sensitive: absolute paths.</summary>
    public IReadOnlyList<string> WatchCommands { get; init; } = [];

    /// <summary>Rule files, and folders of them, whose files are watched as well.</summary>
    public IReadOnlyList<string> WatchRules { get; init; } = [];

    /// <summary>How often the watch lists are compared with the file system, 1 to 3600 s.</summary>
    public TimeSpan WatchRescan { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Networks to which traffic is not reported.</summary>
    public IReadOnlyList<IPNetwork> ExcludedNetworks { get; init; } = [];

    /// <summary>Which execs are sent: all, or only those of watched programs.</summary>
    public ForwardExec ForwardExec { get; init; } = ForwardExec.All;

    /// <summary>Whether forks and exits are sent too.</summary>
    public bool ForwardLifecycle { get; init; }

    /// <summary>
    /// Bulk events of one process that are alike and are told one by one within a second, 1 to 1,000,000; more of them are told as one event
    /// that counts them. 0 = every event is told.
    /// </summary>
    public int FloodAlikePerSecond { get; init; } = 100;

    /// <summary>Longest time a bulk event waits for company, 10 to 60,000 ms.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time a high-value event waits for company, 0 to 1,000 ms.</summary>
    public TimeSpan HighValueFlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A frame is sent when it has grown to about this size, 1 to 900 KiB. 24 KiB stays within one Kinesis PUT unit.</summary>
    public int FrameBytes { get; init; } = 24 * 1024;

    /// <summary>Folder in which frames wait for Kinesis, absolute; made when missing. One agent a folder.</summary>
    public string SpoolPath { get; init; } = "/var/lib/edge-agent/spool";

    /// <summary>Most bytes of frames that wait for a sink that does not answer, 1 MiB to 4 GiB.</summary>
    public long SpoolBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Longest time that a frame waits for a sink, 1 to 8760 h.</summary>
    public TimeSpan SpoolAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Ring for high-value events, power of two, 64 KiB to 64 MiB.</summary>
    public uint HighRingBytes { get; init; } = 1 << 20;

    /// <summary>Ring for all other events, power of two, 64 KiB to 256 MiB.</summary>
    public uint BulkRingBytes { get; init; } = 8 << 20;

    /// <summary>Folder of a BPF file system in which the probes outlive the agent; null = they end with it.</summary>
    public string? PinFolder { get; init; }

    /// <summary>Probes that are not used although they could be: full names of backends, as <c>file-open.fexit</c>.</summary>
    public IReadOnlyList<string> AvoidedProbes { get; init; } = [];

    /// <summary>Time between two self-tests of the probes, 1 s to 1 day.</summary>
    public TimeSpan SelfTestInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Unix socket that tells how the agent is; null = none.</summary>
    public string? HealthSocket { get; init; } = "/run/edge-agent/health.sock";

    /// <summary>Port on the loopback interface that gives metrics to Prometheus, 1,024 to 65,535; 0 = none.</summary>
    public int MetricsPort { get; init; }

    /// <summary>Files that these options came from, rules and lists among them: when one changes they are read anew.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What a person should know of them, though nothing is wrong.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether the EC2 instance metadata service is asked.</summary>
    public MetadataMode Metadata { get; init; } = MetadataMode.Auto;
}
