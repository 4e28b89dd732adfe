using Detection.Correlation;
using Detection.Correlation.Telemetry;

namespace Detection.State;

/// <summary>Makes an item fit: what was touched least recently goes, is counted, and makes the verdicts unknown that it mattered for.</summary>
internal static class ItemFit
{
    /// <summary>Encodes until it fits, or nothing is left that could go.</summary>
    /// <param name="bytes">How long it may be.</param>
    /// <param name="encode">Encodes what there is; null when that is far too much.</param>
    /// <param name="forget">Forgets all but a share of what there is, from 0 to 1.</param>
    public static byte[] Encode(int bytes, Func<byte[]?> encode, Func<double, bool> forget)
    {
        while (true)
        {
            var item = encode();
            if (item?.Length <= bytes)
            {
                return item;
            }

            if (!forget(Math.Min(0.75, item is null ? 0.5 : 0.9 * bytes / item.Length)) && item is not null)
            {
                return item;
            }
        }
    }

    /// <summary>Forgets all but a share of the hits and of the incidents.</summary>
    /// <returns>False when there was nothing to forget.</returns>
    public static bool Forget(Partition partition, double share) => ForgetHits(partition, share) | ForgetIncidents(partition, share);

    /// <summary>Forgets all but a share of the numbers that were seen.</summary>
    /// <returns>False when there was nothing to forget.</returns>
    public static bool Forget(HostTelemetry telemetry, double share)
    {
        var before = telemetry.SegmentCount;
        telemetry.Forget(share);
        return telemetry.SegmentCount < before;
    }

    private static bool ForgetHits(Partition partition, double share)
    {
        List<(HitStore Store, HitGroup Group)> groups =
        [
            .. partition.Trackers.OfType<CorrelationTracker>().SelectMany(tracker => tracker.OfCertain is { } certain ? [tracker.Store, certain.Store] : (HitStore[])[tracker.Store])
                .SelectMany(store => store.Groups.Select(group => (store, group))).OrderBy(entry => entry.group.NewestNs),
        ];
        var most = (int)Math.Ceiling(groups.Sum(entry => entry.Group.Count) * (1 - share));
        var excess = most;
        foreach (var (store, group) in groups)
        {
            if (excess <= 0)
            {
                break;
            }

            // The newest group of all gives up only its older half, as long as it has one.
            var before = group.Count;
            if (group == groups[^1].Group && before > group.Lists)
            {
                store.EvictHalf(group);
            }
            else
            {
                store.Evict(group);
            }

            excess -= before - group.Count;
        }

        return excess < most;
    }

    private static bool ForgetIncidents(Partition partition, double share)
    {
        var any = false;
        foreach (var log in partition.Logs)
        {
            for (var excess = (int)Math.Ceiling((log?.GroupCount ?? 0) * (1 - share)); excess > 0; excess--)
            {
                log!.EvictOldest();
                any = true;
            }
        }

        return any;
    }
}
