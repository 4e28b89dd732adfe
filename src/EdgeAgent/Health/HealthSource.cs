using System.Reflection;
using EdgeAgent.Delivery;
using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using Wire.Model;

namespace EdgeAgent.Health;

/// <summary>
/// Where <see cref="AgentHealth"/> comes from: knows who counts what, and asks them when somebody wants to know. Keeps no numbers of its own. The stages are
/// made known one after the other while the agent starts. Thread-safe.
/// </summary>
/// <remarks>
/// Counters are written by the intake thread and read here as they are: each is a whole number, but they may be a few events apart.
/// </remarks>
internal sealed class HealthSource
{
    private readonly ulong _startedNs = BootClock.NowNs();
    private volatile AgentOptions _options;
    private volatile OptionHashes _hashes;
    private volatile bool _isReady;
    private volatile HostIdentity? _host;
    private volatile AgentCounters _counters = new();
    private volatile Func<IReadOnlyList<SinkStatus>> _sinks = () => [];
    private volatile Func<ProbeStatus> _probes = () => ProbeStatus.None;
    private ulong _turnedNs = BootClock.NowNs();

    /// <param name="options">Those in force at the start.</param>
    internal HealthSource(AgentOptions options) => (_options, _hashes) = (options, OptionHashes.Of(options));

    /// <summary>The agent's version.</summary>
    internal static string Version { get; } =
        ShortText.Of(typeof(HealthSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <summary>True from when the probes are attached and were tested for the first time.</summary>
    internal bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>Options were read anew: those of them that hold at once are in force.</summary>
    internal void Take(AgentOptions options)
    {
        _options = OptionsReload.InForce(_options, options);
        _hashes = OptionHashes.Of(_options);
    }

    /// <summary>The host is known, and what counts is there.</summary>
    internal void Begin(HostIdentity host, AgentCounters counters, Func<IReadOnlyList<SinkStatus>> sinks) =>
        (_host, _counters, _sinks) = (host, counters, sinks);

    /// <summary>The probes are attached.</summary>
    internal void Watch(Func<ProbeStatus> probes) => _probes = probes;

    /// <summary>The intake thread went round once more.</summary>
    internal void Turned() => Volatile.Write(ref _turnedNs, BootClock.NowNs());

    /// <summary>How the agent is now.</summary>
    internal AgentHealth Read()
    {
        var turned = Volatile.Read(ref _turnedNs);
        var now = BootClock.NowNs();
        var (host, probes, sinks, hashes) = (_host, _probes(), _sinks(), _hashes);
        var health = new AgentHealth
        {
            HostId = host?.HostId ?? "",
            BootId = host?.BootId ?? Guid.Empty,
            ProcessId = Environment.ProcessId,
            IsReady = _isReady,
            IsTestStuck = probes.IsTestStuck,
            IntakeIdleMs = (now - Math.Min(now, turned)) / 1_000_000,
            ProcessesShortened = (ulong)_counters.ProcessesShortened,
            Losses = _counters.Losses(),
            Reasons = [.. sinks.Select(sink => sink.Reason)],
            Beat = new Heartbeat
            {
                TakenBootNs = now,
                UptimeNs = now - _startedNs,
                AgentVersion = Version,
                ConfigHash = hashes.Config,
                WatchHash = hashes.Watch,
                Pins = probes.Pins,
                Totals = _counters.Totals(),
                Sinks = [.. sinks.Select(sink => sink.Health).Take(Heartbeat.MaxSinks)],
                Signals = probes.Signals,
            },
        };
        return health with { Troubles = HealthTroubles.Of(health) };
    }
}
