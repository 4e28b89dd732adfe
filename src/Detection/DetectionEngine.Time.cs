using Detection.Correlation;
using Detection.Correlation.Telemetry;
using Detection.Findings;
using Wire.Model;

namespace Detection;

/// <content>How the watermarks go on, and what that answers.</content>
public sealed partial class DetectionEngine
{
    private readonly List<HostState> _due = [];

    // Those of which the correlations over several hosts may know too little.
    private readonly List<HostState> _unmarked = [];

    // True once anything of the memory was loaded, stored or given up: there are others who evaluate, too.
    private bool _isCache;

    private void AdvanceTo(HostState host, HostEvent e)
    {
        var sweep = _watermarks.Note(e.Host.HostId, e.TimeNs);
        NoteShared(e);
        Settle(host);
        if (sweep)
        {
            SettleDueHosts();
        }

        // Not before the hosts: their firings may be occurrences for correlations over several hosts.
        AdvanceShared();
    }

    private void NoteShared(HostEvent e)
    {
        foreach (var shared in _shared)
        {
            // One host was ahead of all others by so much that what comes now counts as settled: it was not.
            if (shared.Watermarks.Note(e.Host.HostId, e.TimeNs) && e.TimeNs <= shared.Partition.SettledNs && shared.Partition.SettledNs != long.MaxValue)
            {
                shared.Partition.SettledNs = Math.Min(shared.Partition.SettledNs, shared.Watermarks.SweptNs);
            }
        }
    }

    // Noted first: what fires touches its host.
    private void SettleDueHosts()
    {
        foreach (var (_, host) in _hosts)
        {
            if (IsMovedByOthers(host) && host.Partition.NextDueNs <= _watermarks.OfOthersNs)
            {
                _due.Add(host);
            }
        }

        foreach (var host in _due)
        {
            Settle(host);
        }

        _due.Clear();
    }

    private IReadOnlyList<Incident> Advance(HostState host)
    {
        _context.Late = false;
        Settle(host);
        return _context.TakeChanges();
    }

    private void Settle(HostState host)
    {
        host.Telemetry.Advance(IsMovedByOthers(host) ? _watermarks.OfOthersNs : long.MinValue);
        Unmark(host);
        Advance(host.Partition, host.Telemetry.WatermarkNs);
    }

    // Not where memory is a cache: what is evaluated again after a conflict or a crash must not meet a time that came after it.
    private bool IsMovedByOthers(HostState host) => !_isCache && !host.IsStored;

    private void Unmark(HostState host)
    {
        if (_keepsMarks && !host.IsUnmarked)
        {
            host.IsUnmarked = true;
            _unmarked.Add(host);
        }
    }

    private void RefreshMarks()
    {
        foreach (var host in _unmarked)
        {
            host.IsUnmarked = false;
            foreach (var shared in _shared)
            {
                if (shared.Rule.KeepsMarks && shared.Marks.Set(host.Id, MarkOf(host, shared.Rule), shared.NeededNs))
                {
                    shared.Partition.NoteChange();
                }
            }
        }

        _unmarked.Clear();
    }

    private static HostMark MarkOf(HostState host, SharedRule rule)
    {
        var dueNs = long.MaxValue;
        foreach (var number in rule.Awaited)
        {
            dueNs = Math.Min(dueNs, host.Partition.Trackers[number]?.NextDueNs ?? long.MaxValue);
        }

        var losses = rule.NeedsLosses && host.Telemetry.HasLosses;
        return losses ? HostMark.Of(host.Telemetry.Losses(), dueNs) : dueNs == long.MaxValue ? HostMark.None : new HostMark([], dueNs);
    }

    // Inner correlations stand before the outer ones that refer to them: one round answers all.
    private void Advance(Partition partition, long watermarkNs)
    {
        // After the end of all events it stays; else it may go back with a clock.
        partition.WatermarkNs = partition.WatermarkNs == long.MaxValue ? long.MaxValue : watermarkNs;
        var due = partition.NextDueNs <= partition.WatermarkNs;
        if (!due && !_isPending)
        {
            partition.SettledNs = partition.WatermarkNs;
            return;
        }

        _isPending = false;
        for (var i = 0; i < _pending.Length; i++)
        {
            ApplyPending(i);
            if (due)
            {
                Decide(i, partition.Trackers[i]);
            }
        }

        _isPending = false;
        partition.SettledNs = partition.WatermarkNs;
        if (due || partition.NextDueNs <= partition.WatermarkNs)
        {
            partition.CloseIncidents(partition.WatermarkNs);
            partition.Schedule();
        }
    }

    // Not before those that it refers to: after a crash they may stand further back, and what they find is not late.
    private long HeardNs(SharedState shared)
    {
        var heardNs = shared.Watermarks.SweptNs;
        foreach (var number in shared.Rule.Within)
        {
            heardNs = Math.Min(heardNs, _sharedOf[number]!.Watermarks.SweptNs);
        }

        return heardNs;
    }

    // As with a host, over all of them at once: some refer to others.
    private void AdvanceShared(bool isEnd = false)
    {
        if (_holdsBack)
        {
            RefreshMarks();
        }

        var due = false;
        foreach (var shared in _shared)
        {
            var partition = shared.Partition;
            var watermarkNs = isEnd ? long.MaxValue : HeardNs(shared);
            partition.WatermarkNs = Math.Max(partition.WatermarkNs, watermarkNs) == long.MaxValue
                ? long.MaxValue
                : Math.Min(watermarkNs, shared.Marks.HeldNs);
            due |= partition.NextDueNs <= partition.WatermarkNs;
        }

        if (due || _isPending)
        {
            _isPending = false;
            for (var i = 0; i < _pending.Length; i++)
            {
                ApplyPending(i);
                if (due)
                {
                    Decide(i, _sharedOf[i]?.Partition.Trackers[i]);
                }
            }

            _isPending = false;
        }

        foreach (var shared in _shared)
        {
            // It does not go back with the watermark, which waits anew for what is evaluated again: that was answered, and may be forgotten.
            shared.Partition.SettledNs = Math.Max(shared.Partition.SettledNs, shared.Partition.WatermarkNs);
            if (due || shared.Partition.NextDueNs <= shared.Partition.WatermarkNs)
            {
                shared.Partition.CloseIncidents(shared.Partition.WatermarkNs);
                shared.Partition.Schedule();
            }
        }
    }
}
