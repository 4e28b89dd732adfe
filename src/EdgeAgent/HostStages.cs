using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Filtering;
using EdgeAgent.Intake;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Wire.Model;

namespace EdgeAgent;

/// <summary>Makes the stages of the intake thread and starts the probes. One thread only.</summary>
internal sealed class HostStages : IDisposable
{
    private readonly ProcessTable _processes = new();
    private readonly AgentOptions _options;
    private long _refreshedAt;

    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    internal HostStages(AgentOptions options, HostIdentity host, TimeProvider time, Action<string> report)
    {
        _options = options;
        Time = time;
        Probes = ProbeSet.Load(options, report);
        try
        {
            var lastNumber = Probes.StartNumbers();
            var clock = BootClock.Read();
            var users = new UserNames("/etc/passwd");
            var proc = new ProcFiles("/proc");
            Enricher = new Enricher(host, clock, users, _processes, proc);
            Filter = new EventFilter(options);
            Lanes = Enum.GetValues<Lane>().ToDictionary(
                lane => lane, lane => new LaneBatcher(host, lane, clock, options, time, lastNumber));

            Probes.Watch.Refresh();
            _refreshedAt = time.GetTimestamp();
            Intake = Probes.OpenRings();
            Probes.Attach();
            ProcessSnapshot.Fill(Probes.Processes(), _processes, proc, users);
        }
        catch
        {
            Dispose();
            throw;
        }

        report($"watching {Probes.Watch.Watched} files and folders ({Probes.Watch.Missing} not there yet), "
            + $"{options.ExcludedNetworks.Count} networks excluded, {_processes.Count} processes known");
    }

    internal ProbeSet Probes { get; }

    internal RingIntake Intake { get; } = null!;

    internal Enricher Enricher { get; } = null!;

    internal EventFilter Filter { get; } = null!;

    internal IReadOnlyDictionary<Lane, LaneBatcher> Lanes { get; } = null!;

    internal FramePacker Packer { get; } = new();

    internal long ProcessEvictions => _processes.Evictions;

    private TimeProvider Time { get; }

    /// <summary>Compares the watch lists with the file system, if that was long enough ago.</summary>
    internal void RefreshWatch()
    {
        if (Time.GetElapsedTime(_refreshedAt) >= _options.WatchRescan)
        {
            Probes.Watch.Refresh();
            _refreshedAt = Time.GetTimestamp();
        }
    }

    public void Dispose()
    {
        Intake?.Dispose();
        Probes.Dispose();
    }
}
