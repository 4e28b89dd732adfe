using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;
using EdgeAgent.SelfTest;
using Wire.Model;

namespace EdgeAgent.Start;

/// <summary>
/// The probes of an agent that keeps them pinned. Those of the agent before it are adopted where they are what it would load itself. Else its own
/// are loaded and attached first, on the same rings and numbers, and then the former ones go: no moment is unwatched, and what waits in the
/// rings is not lost. What both see in between is told twice. So it is, too, where adopted ones do not fire any more.
/// </summary>
internal static class PinnedStart
{
    /// <param name="options">Checked options.</param>
    /// <param name="pins">The locked folder.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <param name="handles">All descriptors, that of the lock included.</param>
    /// <exception cref="ProbeException">The probes cannot run here.</exception>
    internal static ProbeSet Begin(AgentOptions options, PinFolder pins, Action<string> report, out KernelHandles handles)
    {
        var former = Newest(pins, report);
        var key = PinKey.Of(options);
        if (former is null)
        {
            return LoadOwn(options, pins, key, former: null, carried: null, report, out handles);
        }

        TellRingSizes(former, options, report);
        if (former.Key != key || former.Handles.Maps["exclude_net4"].MaxEntries < NetworkMaps.RoomFor(options.ExcludedNetworks))
        {
            var carried = former.Key.Contract == key.Contract ? former.Handles : null;
            report(carried is null
                ? $"pins: the probes in {former.Folder} write records that this agent cannot read; what waits in their rings is lost, and the numbers show it"
                : $"pins: the probes in {former.Folder} are not those of this agent and these options; its own take over their rings");
            var own = LoadOwn(options, pins, key, former, carried, report, out handles);
            PinnedProbes.Remove(former.Folder);
            foreach (var fd in former.Handles.Descriptors)
            {
                _ = LibC.close(fd);
            }

            return own;
        }

        var adopted = ProbeSet.Adopt(former.Handles with { Others = [pins.LockFd], Pins = PinState.Adopted }, options, report);
        if (SilentOf(adopted, options) is var silent and not Hooks.None)
        {
            report($"pins: of the probes in {former.Folder} some do not fire any more ({silent}); new ones take over their rings");
            try
            {
                var own = LoadOwn(options, pins, key, former, former.Handles, report, out handles);
                PinnedProbes.Remove(former.Folder);
                adopted.Dispose();
                return own;
            }
            catch (ProbeException e)
            {
                report($"pins: {e.Message}; the agent goes on with what is left");
            }
        }

        report($"pins: goes on with the probes in {former.Folder}");
        handles = former.Handles with { Others = [pins.LockFd], Pins = PinState.Adopted };
        return adopted;
    }

    /// <summary>Loads, attaches and pins this agent's own probes.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="pins">The locked folder.</param>
    /// <param name="key">What they are made of.</param>
    /// <param name="former">Probes that go when these are attached; null = there are none.</param>
    /// <param name="carried">Probes whose rings and numbers they go on with; null = they have their own.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <param name="handles">All descriptors, that of the lock included.</param>
    private static ProbeSet LoadOwn(
        AgentOptions options, PinFolder pins, PinKey key, PinnedProbes? former, KernelHandles? carried, Action<string> report, out KernelHandles handles)
    {
        var probes = BackendProof.Load(options, report, carried);
        try
        {
            if (former is not null)
            {
                FillWatchLists(probes);
            }

            handles = Attach(probes, carried);
            PinnedProbes.Save(pins.Begin(), key, handles);
        }
        catch (LibBpfException e)
        {
            probes.Dispose();
            throw new ProbeException($"{e.Message}; where this kernel cannot pin its probes, set pins to off", e);
        }

        handles = handles with { Others = [pins.LockFd], Pins = carried is null ? PinState.New : PinState.TakenOver };
        return probes;
    }

    /// <summary>Hooks at which pinned probes do not report: somebody detached them, or they are not called. Adopted as they are, they would stay so for ever.</summary>
    private static Hooks SilentOf(ProbeSet probes, AgentOptions options)
    {
        var silent = BackendProof.SilentOf(probes, options);
        if (!silent.HasFlag(Hooks.FileOpen))
        {
            return silent;
        }

        // The file may have come onto the lists, or to its place, since the agent before looked.
        try
        {
            FillWatchLists(probes);
        }
        catch (LibBpfException)
        {
            // New ones have lists of their own, or say what is wrong with them.
            return silent;
        }

        return BackendProof.SilentOf(probes, options);
    }

    private static void TellRingSizes(PinnedProbes former, AgentOptions options, Action<string> report)
    {
        var (high, bulk) = (former.Handles.Maps["ring_high"].MaxEntries, former.Handles.Maps["ring_bulk"].MaxEntries);
        if (former.Key.Contract == KernelContract.Version && (high != options.HighRingBytes || bulk != options.BulkRingBytes))
        {
            report($"pins: the rings in {former.Folder} keep their {high / 1024} and {bulk / 1024} KiB, for what waits in them is not to be lost; for those of "
                + "rings.highKiB and rings.bulkKiB, edge-agent stop --detach and start the agent");
        }
    }

    /// <summary>The newest start that came to its end; what others left behind is removed.</summary>
    private static PinnedProbes? Newest(PinFolder pins, Action<string> report)
    {
        PinnedProbes? newest = null;
        foreach (var folder in pins.Starts().Reverse())
        {
            if (newest is null)
            {
                newest = PinnedProbes.Open(folder, out var why);
                if (newest is not null)
                {
                    continue;
                }

                report($"pins: what is in {folder} cannot be used and is removed: {why}");
            }

            PinnedProbes.Remove(folder);
        }

        return newest;
    }

    /// <summary>The former probes' lists go with them, and the next life fills these only when it runs: until then nothing would be watched.</summary>
    private static void FillWatchLists(ProbeSet probes)
    {
        if (probes.Watch.Look() is { } wanted)
        {
            probes.Watch.Apply(wanted);
        }
    }

    private static KernelHandles Attach(ProbeSet probes, KernelHandles? carried)
    {
        var number = carried is null ? probes.StartNumbers() : carried.LastNumber;
        var durable = carried?.Maps[DurableNumbers.MapName] is { } kept ? kept with { Fd = Duplicate(kept.Fd) } : DurableNumbers.Create();
        if (carried is null)
        {
            using var numbers = new DurableNumbers(durable.Fd);
            numbers[Lane.High] = numbers[Lane.Bulk] = LaneNumbers.After(number);
        }

        probes.Attach();
        var handles = probes.HandOver(number);
        return handles with { Maps = new Dictionary<string, MapHandle>(handles.Maps, StringComparer.Ordinal) { [DurableNumbers.MapName] = durable } };
    }

    private static int Duplicate(int fd) =>
        LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, 0) is var copy and >= 0 ? copy : throw LibBpfException.FromLastError("fcntl", DurableNumbers.MapName);
}
