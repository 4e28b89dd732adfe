using System.Runtime.InteropServices;
using EdgeAgent.Aggregation;
using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Filtering;
using EdgeAgent.Intake;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>
/// The way from a record to its frame with all its real stages, for records that somebody else makes. Numbers start at 1; nothing is known of
/// processes but init and a shell below it.
/// </summary>
internal sealed class PathWithoutKernel
{
    internal static readonly ProcessKey Shell = new(200, 2_000_000_000);
    private readonly AgentCounters _counters = new();
    private readonly LaneBatcher[] _lanes;
    private readonly Action<Frame> _ship;
    private readonly ulong[] _last = new ulong[2];

    /// <param name="passwd">File of users.</param>
    /// <param name="ship">Takes the frames, and keeps nothing of them.</param>
    /// <param name="options">Null = the defaults.</param>
    /// <param name="start">Where the numbers of both lanes go on.</param>
    internal PathWithoutKernel(string passwd, Action<Frame> ship, AgentOptions? options = null, LaneNumbers start = default)
    {
        options ??= new AgentOptions();
        _ship = ship;
        var (clock, events, processes) = (new BootClock(Some.BootTimeUnixNs), new EventPool(), Processes);
        var init = processes.Put(Some.Process("/usr/lib/systemd/systemd", pid: 1, startNs: 1_000_000));
        processes.Put(Some.Process("/usr/bin/bash", pid: Shell.Pid, startNs: Shell.StartNs, parent: init));
        var progress = new HostProgress(new LaneStart(start, start, 0), options);
        _lanes = [.. Enum.GetValues<Lane>().Select(lane => new LaneBatcher(Some.Host(), lane, clock, TimeProvider.System, start, progress))];
        var users = new UserNames(passwd);
        var enricher = new Enricher(
            Some.Host(), clock, users, new Actors(users, new ContainerIds(_ => "/system.slice"), processes), processes, new ProcFiles("/no-such-proc"),
            new CallReader(new AskedNames("/no-such-proc"), IsWatched), IsWatched, events);
        Records = new RecordPath(new FloodTable(options.FloodAlikePerSecond), enricher, events, _lanes, _ => false, _counters, _ => { })
        {
            Filter = new EventFilter(options),
        };
    }

    internal RecordPath Records { get; }

    /// <summary>Events that were understood.</summary>
    internal long Seen => _counters.Seen;

    /// <summary>Records that were not understood.</summary>
    internal long Unparsed => _counters.Unparsed;

    /// <summary>Processes that are known.</summary>
    internal ProcessTable Processes { get; } = new();

    /// <summary>Gives the records the next numbers and times of their lanes.</summary>
    internal void Number(IReadOnlyList<byte[]> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            ref var header = ref MemoryMarshal.AsRef<EdgeHeader>(records[i].AsSpan());
            header.Sequence = ++_last[header.Lane];
            header.BootNs = 5_000_000_000 + (header.Sequence * 1000);
        }
    }

    /// <summary>One pass: all records, with new numbers, then the frames of both lanes, due or not.</summary>
    internal void Pass(IReadOnlyList<byte[]> records)
    {
        Number(records);
        for (var i = 0; i < records.Count; i++)
        {
            Records.Take(records[i]);
        }

        for (var lane = Lane.High; lane <= Lane.Bulk; lane++)
        {
            Records.TakeDue(lane, final: true, flush: false, _ship);
        }
    }

    private static bool IsWatched(string path) => path == "/etc/shadow";
}
