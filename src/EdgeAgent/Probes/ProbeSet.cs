using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes.Pinning;
using Microsoft.Win32.SafeHandles;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>
/// The kernel half: loads the object, fills its maps, attaches its programs, detaches them again. One thread only, beside it one that looks for <see cref="Watch"/>.
/// </summary>
internal sealed partial class ProbeSet : IDisposable
{
    /// <summary>The map of the agent's process id.</summary>
    internal const string AgentMap = "agent_tgid";

    private const uint AgentSlot = 0;

    /// <summary>How the programs are called that tell of new folders.</summary>
    private const string TellsOfFolders = "on_folder_";

    /// <summary>What a set that replaces another one goes on with, as far as there is such a map.</summary>
    private static readonly string[] Carried = ["ring_high", "ring_bulk", "lane_state", "sequence_claims"];

    private readonly Lock _use = new();
    private BpfObject? _object;
    private CallFunctions? _functions;
    private readonly KernelHandles _handles;
    private readonly List<SafeHandle> _links = [];
    private readonly BpfMap<uint, EdgeLaneState> _laneState;
    private readonly BpfMap<EdgeInodeKey, WatchFilter.Learnt> _learnt;
    private readonly BpfMap<uint, ulong> _learntCount;
    private readonly LaneStates _lanes;
    private readonly NetworkMaps _networks;
    private readonly FreshFolders _fresh;
    private bool _isDisposed;

    private ProbeSet(KernelHandles handles, BpfObject? loaded, CallFunctions? functions, AgentOptions options, Action<string> report)
    {
        (_handles, _object, _functions) = (handles, loaded, functions);
        _laneState = Map<uint, EdgeLaneState>("lane_state");
        _lanes = new LaneStates(_laneState.Fd);
        _learnt = Map<EdgeInodeKey, WatchFilter.Learnt>("learnt_inodes");
        _learntCount = Map<uint, ulong>("learnt_count");
        Durable = handles.Maps.TryGetValue(DurableNumbers.MapName, out var durable) ? new DurableNumbers(durable.Fd) : null;
        Map<uint, uint>(AgentMap).Set(AgentSlot, OwnProcess.Id);
        Map<uint, ulong>("agent_start").Set(AgentSlot, OwnProcess.StartTick);
        _networks = new NetworkMaps(Map<EdgeNet4Key, byte>("exclude_net4"), Map<EdgeNet6Key, byte>("exclude_net6"));
        _networks.Add(options.ExcludedNetworks);
        _fresh = new FreshFolders(Map<uint, FreshFolders.Memory>(FreshFolders.Map).Fd);
        var listing = new FolderListing(
            _fresh, handles.Programs.Any(program => program.Name.StartsWith(TellsOfFolders, StringComparison.Ordinal)), () => FolderTrial.Run(() => _fresh.Own),
            options.SelfTestInterval, TimeProvider.System, report);
        Watch = new WatchMaps(
            Map<EdgeInodeKey, uint>("watch_inodes"), Map<EdgeNameKey, uint>("watch_names"), Map<EdgeWordKey, uint>("watch_words"),
            Map<uint, WatchMaps.FilterTable>(WatchFilter.AgentMap), _learnt, listing, options, Identities, report);
    }

    /// <summary>Up to where everything is kept, of probes that outlive the agent; else null.</summary>
    internal DurableNumbers? Durable { get; }

    /// <summary>The watch lists in the kernel.</summary>
    internal WatchMaps Watch { get; }

    /// <summary>The backends that were loaded.</summary>
    internal IEnumerable<Backend> Backends => Backend.OfAnyKernel.Where(backend => _handles.Backends.Contains(backend.FullName));

    /// <summary>Whether they outlive the agent, and whose they are.</summary>
    internal PinState Pins => _handles.Pins;

    /// <summary>Loads the probes of these backends and fills their maps; nothing is attached yet.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="backends">Which.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <param name="former">Probes whose rings and numbers these go on with; null = they have their own.</param>
    /// <exception cref="ProbeException">This host or this build cannot run them.</exception>
    internal static ProbeSet Load(AgentOptions options, IReadOnlyCollection<Backend> backends, Action<string> report, KernelHandles? former = null)
    {
        HostSupport.ThrowIfMissing();
        var programs = backends.SelectMany(backend => backend.Programs).ToHashSet();
        Memlock.Raise(report);
        BpfObject? opened = null;
        CallFunctions? functions = null;
        try
        {
            opened = BpfObject.Open(BpfArtifact.Read()!, programs);
            opened.SetConstants(EdgeReturns.Map, EdgeReturns.Of(backends));
            opened.SetMaxEntries("ring_high", options.HighRingBytes);
            opened.SetMaxEntries("ring_bulk", options.BulkRingBytes);
            foreach (var map in former is null ? [] : Carried.Where(former.Maps.ContainsKey))
            {
                opened.Reuse(map, former!.Maps[map].Fd);
            }

            opened.SetMaxEntries("watch_inodes", (2 * WatchEntries.MaxInodes) + WatchMaps.MaxFormer);
            opened.SetMaxEntries("watch_names", 2 * WatchEntries.MaxNames);
            opened.SetMaxEntries("watch_words", 2 * WatchEntries.MaxInodes);
            opened.SetMaxEntries("exclude_net4", NetworkMaps.RoomFor(options.ExcludedNetworks));
            opened.SetMaxEntries("exclude_net6", NetworkMaps.RoomFor(options.ExcludedNetworks));
            functions = programs.Contains(CallFunctions.Usual) ? CallFunctions.Find(opened) : null;
            opened.Load();
            var handles = opened.Handles(backends);
            return new ProbeSet(
                functions is null ? handles : handles with { Programs = [.. handles.Programs, .. functions.Load(handles)] }, opened, functions, options, report);
        }
        catch (Exception e) when (e is LibBpfException or DllNotFoundException or ProbeException)
        {
            functions?.Dispose();
            opened?.Dispose();
            if (e is ProbeException)
            {
                throw;
            }

            throw new ProbeException(e.Message, e);
        }
    }

    /// <summary>Takes over probes that this process loaded and attached before it became the program that it is.</summary>
    /// <exception cref="ProbeException">They are not there.</exception>
    internal static ProbeSet Adopt(KernelHandles handles, AgentOptions options, Action<string> report)
    {
        handles.SetInherited(false);
        try
        {
            var adopted = new ProbeSet(handles, null, null, options, report);
            adopted._networks.Set(options.ExcludedNetworks);
            adopted._links.AddRange(handles.Links.Select(link => new SafeFileHandle(link, ownsHandle: true)));
            return adopted;
        }
        catch (LibBpfException e)
        {
            throw new ProbeException(e.Message, e);
        }
    }

    /// <summary>All descriptors, after the numbers were started and the programs attached; they stay this set's.</summary>
    internal KernelHandles HandOver(ulong lastNumber) => _handles with
    {
        Links = [.. _links.Concat(_functions?.Links ?? []).Select(link => link is SafeBpfLink loaded ? loaded.Fd : (int)link.DangerousGetHandle())],
        LastNumber = lastNumber,
    };

    /// <summary>
    /// Starts the numbers of both lanes at the time since boot in µs. A restarted agent thereby goes on with higher numbers than the one
    /// before it, and the hole between them is the time in which nobody watched. Not for adopted probes, nor for those that go on with others' numbers.
    /// </summary>
    /// <returns>The number before the first.</returns>
    internal ulong StartNumbers()
    {
        var last = (ulong)LibC.Nanoseconds(LibC.CLOCK_BOOTTIME) / 1000;
        foreach (var lane in Enum.GetValues<Lane>())
        {
            _laneState.Set((uint)lane, new EdgeLaneState { NextSequence = last });
        }

        return last;
    }

    /// <summary>Where the numbers go on: of pinned probes where the last agent got to, else where they started.</summary>
    internal LaneStart Begin()
    {
        if (Durable is null || (Durable[Lane.High].Settled == _handles.LastNumber && Durable[Lane.Bulk].Settled == _handles.LastNumber))
        {
            return LaneStart.After(_object is null ? _handles.LastNumber : StartNumbers());
        }

        return new LaneStart(Durable[Lane.High], Durable[Lane.Bulk], 0);
    }

    /// <summary>The last number given in a lane, and how many of its records found no space.</summary>
    internal (ulong LastSequence, ulong Lost) LaneState(Lane lane) => _lanes.Of(lane);

    /// <summary>Writes how many records of each kind found no space in a lane.</summary>
    internal void CopyLost(Lane lane, Span<long> byKind) => _lanes.CopyLost(lane, byKind);

    /// <summary>
    /// Inodes met under watched names or in watched folders that the kernel forgot again because there were too many: their hard links go
    /// unseen until the file is met anew. Those being forgotten this moment may be missed.
    /// </summary>
    internal long LearntEvictions() =>
        _learntCount.TryGet(0, out var learnt) ? Math.Max(0, (long)learnt - Watch.Forgotten - _learnt.Keys(WatchMaps.MostLearnt).Count) : 0;

    /// <summary>Records of both lanes that found no space.</summary>
    internal ulong Lost() => LaneState(Lane.High).Lost + LaneState(Lane.Bulk).Lost;

    /// <summary>Whether this thread may use the maps and run the iterators.</summary>
    internal bool IsUsable()
    {
        try
        {
            _laneState.TryGet((uint)Lane.High, out _);
            return Identities() is not null;
        }
        catch (LibBpfException)
        {
            return false;
        }
    }

    /// <summary>Attaches everything that is not attached: from here on events flow into the rings.</summary>
    /// <exception cref="ProbeException">A program could not be attached; none stays attached.</exception>
    internal void Attach()
    {
        try
        {
            // What notes changes hangs last: a note that nothing takes up counts as lost.
            _functions?.Attach();
            foreach (var (program, name, section) in _object?.Programs().Where(program => IsHook(program.Name)) ?? [])
            {
                if (section.StartsWith("cgroup/", StringComparison.Ordinal))
                {
                    using var cgroup = CgroupRoot.Open();
                    _links.Add(BpfObject.AttachCgroup(program, name, (int)cgroup.DangerousGetHandle()));
                }
                else if (BpfObject.TryAttach(program, name, section) is { } link)
                {
                    _links.Add(link);
                }
            }
        }
        catch (LibBpfException e)
        {
            Detach();
            throw new ProbeException(e.Message, e);
        }
    }

    /// <summary>Detaches everything: no event comes after this. The rings stay readable.</summary>
    internal void Detach()
    {
        DetachHooks();
        _functions?.Detach();
    }

    /// <summary>The same as far as it is quickly done and undone: what hangs at functions of system calls stays there, and tells nothing.</summary>
    /// <exception cref="LibBpfException">It cannot be switched off.</exception>
    internal void Pause()
    {
        DetachHooks();
        _functions?.Stop();
    }

    private void DetachHooks()
    {
        foreach (var link in _links)
        {
            link.Dispose();
        }

        _links.Clear();
    }

    public void Dispose()
    {
        Detach();
        _lanes.Dispose();
        _fresh.Dispose();
        Durable?.Dispose();
        _functions?.Dispose();
        lock (_use)
        {
            if (_isDisposed || _object is not null)
            {
                _isDisposed = true;
                _object?.Dispose();
                return;
            }

            _isDisposed = true;

            foreach (var fd in _handles.Maps.Values.Select(map => map.Fd).Concat(_handles.Programs.Select(program => program.Fd)))
            {
                _ = LibC.close(fd);
            }
        }
    }

    private BpfMap<TKey, TValue> Map<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged =>
        _handles.Maps.TryGetValue(name, out var map) ? new(name, map.Fd) : throw new ProbeException($"the probes lack the map {name}");

    private ProgramHandle Program(string name) => _handles.Programs.First(program => program.Name == name);

    private bool IsHook(string name) => _handles.Programs.Any(program => program.Name == name && !BpfObject.IsIterator(program.Section) && !CallFunctions.IsTarget(name));

    /// <summary>Also asked by the thread that looks at the file systems, which the end does not wait for.</summary>
    private IReadOnlyList<EdgeFileIdentity> Identities()
    {
        lock (_use)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return BpfProgram.Iterate<EdgeFileIdentity>(Program("on_identity"), (uint)Environment.ProcessId);
        }
    }
}
