using Detection.Correlation;
using Detection.Findings;
using Wire.Model;

namespace Detection;

/// <content>How the watermarks go on, and what that answers.</content>
public sealed partial class DetectionEngine
{
    private readonly List<HostState> _due = [];

    private void AdvanceTo(HostState host, HostEvent e)
    {
        var sweep = _watermarks.Note(e.Host.HostId, e.TimeNs);
        Settle(host);
        if (sweep)
        {
            SettleDueHosts();
        }

        // Not before the hosts: their firings may be occurrences for correlations over several hosts.
        Advance(_shared, _watermarks.SweptNs);
    }

    // Noted first: what fires touches its host.
    private void SettleDueHosts()
    {
        foreach (var (_, host) in _hosts)
        {
            if (host.Partition.NextDueNs <= _watermarks.CommonNs)
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
        var settledNs = Math.Min(host.Partition.SettledNs, _shared.SettledNs);
        host.Telemetry.Advance(_watermarks.CommonNs, Ns.Minus(settledNs, _longestWindowNs));
        Advance(host.Partition, host.Telemetry.WatermarkNs);
    }

    // Inner correlations stand before the outer ones that refer to them: one round answers all.
    private void Advance(Partition partition, long watermarkNs)
    {
        partition.WatermarkNs = Math.Max(partition.WatermarkNs, watermarkNs);
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
                partition.Trackers[i]?.Decide();
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
}
