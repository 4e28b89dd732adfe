using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes.Pinning;
using Microsoft.Win32.SafeHandles;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <content>What is asked of probes that hang, and changed about them.</content>
internal sealed partial class ProbeSet
{
    /// <summary>Runs that the kernel left out. Those of copies at one hook do not count: another copy did the work.</summary>
    internal ulong LeftOut()
    {
        var sum = 0UL;
        foreach (var hook in _handles.Programs.Where(program => IsHook(program.Name)).GroupBy(program => WithoutCopy(program.Name)))
        {
            sum += hook.Count() == 1 ? BpfProgram.LeftOut(hook.Single()) : 0;
        }

        return sum;
    }

    // A copy is called like the first program at that hook, with its number behind it.
    private static string WithoutCopy(string name) => name is [.., '_', >= '2' and <= '9'] ? name[..^2] : name;

    /// <summary>How the programs do that are to note changes: the agent makes some of its own. Not needed = there are no such programs.</summary>
    internal TrialResult TryChanges() => _handles.Programs.Where(program => EdgeReturns.IsNoting(program.Name)).Select(program => program.Name).ToList() is { Count: > 0 } noting
        ? ChangeTrial.Run(_fresh.OwnChanges, noting.Any(program => program.StartsWith("on_change_chown", StringComparison.Ordinal)))
        : TrialResult.NotNeeded;

    /// <summary>
    /// The same programs and maps as when they were just loaded, for other options: of what they saw and watched nothing is left. These
    /// are then not to be used any more.
    /// </summary>
    /// <param name="options">Those of the new set, with rings and room for networks as these have.</param>
    /// <param name="report">Takes what a person must know.</param>
    internal ProbeSet AsLoaded(AgentOptions options, Action<string> report)
    {
        Pause();
        using (var rings = OpenRings())
        {
            while (rings.TryTake(out _))
            {
            }
        }

        foreach (var lane in Enum.GetValues<Lane>())
        {
            _laneState.Set((uint)lane, default);
        }

        Watch.Clear();
        _learnt.Clear();
        _learntCount.Set(0, 0);
        Map<uint, WatchMaps.FilterTable>(WatchFilter.LearntMap).Set(0, default);
        Memlock.Raise(report);
        lock (_use)
        {
            var loaded = new ProbeSet(_handles, _object, _functions, options, report);
            (_object, _functions, _isDisposed) = (null, null, true);
            Dispose();
            return loaded;
        }
    }

    /// <summary>Changes excluded networks and watch lists to those of other options; the lists from the next look on.</summary>
    /// <exception cref="LibBpfException">There is no room for the networks; all is as it was.</exception>
    internal void Change(AgentOptions before, AgentOptions after)
    {
        var added = after.ExcludedNetworks.Except(before.ExcludedNetworks).ToList();
        try
        {
            _networks.Add(added);
        }
        catch (LibBpfException)
        {
            _networks.Remove(added);
            throw;
        }

        _networks.Remove(before.ExcludedNetworks.Except(after.ExcludedNetworks));
        Watch.Change(after);
    }

    /// <summary>Opens both rings for reading.</summary>
    internal RingIntake OpenRings()
    {
        var (high, bulk) = (_handles.Maps["ring_high"], _handles.Maps["ring_bulk"]);
        return new RingIntake(new RingReader(high.Fd, high.MaxEntries, holds: Durable is not null), new RingReader(bulk.Fd, bulk.MaxEntries, holds: Durable is not null));
    }

    /// <summary>All processes that run now.</summary>
    internal IReadOnlyList<EdgeTask> Processes() => BpfProgram.Iterate<EdgeTask>(Program("on_process"), 0);
}
