using Detection.Correlation;
using Detection.Correlation.Telemetry;
using Detection.Findings;
using Wire.Model;

namespace Detection;

/// <content>How the watermarks go on, and what that answers.</content>
public sealed partial class DetectionEngine
{
    private readonly List<HostState> _due = [];

    // Few of all hosts: asked for each verdict on groups over hosts.
    private readonly HashSet<HostTelemetry> _withLosses = [];

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
            if (host.Partition.NextDueNs <= _watermarks.OfOthersNs)
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
        host.Telemetry.Advance(_watermarks.OfOthersNs);
        if (host.Telemetry.HasLosses)
        {
            _withLosses.Add(host.Telemetry);
        }

        Advance(host.Partition, host.Telemetry.WatermarkNs);
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
