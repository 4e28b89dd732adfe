using AlertLambda.Findings;
using AlertLambda.Sweeping;
using Wire.Model;

namespace AlertLambda.State;

/// <content>For the sweep: hosts that were not heard of.</content>
public sealed partial class EngineItems
{
    /// <summary>Gives a loaded host that is silent, if that was not told before. With the next commit it counts as told.</summary>
    /// <returns>Null when it is not silent, or known to be.</returns>
    public SilentHost? TryTellSilence(string hostId, SweepQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var item = ItemOf(ItemKey.OfHost(hostId));
        if (item.SeenAt is not { } seen || !query.IsSilent(seen, item.SilenceTold))
        {
            return null;
        }

        item.NoteTold(NowMs);
        return new SilentHost(hostId, item.Note ?? new HostNote("", null), DateTimeOffset.FromUnixTimeMilliseconds(seen));
    }

    /// <summary>Looks at the silence of a loaded host.</summary>
    public IReadOnlyList<Finding> WatchSilence(SilentHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var identity = new HostIdentity(host.HostId, Guid.Empty, host.Note.HostName, host.Note.Cloud);
        return ItemOf(ItemKey.OfHost(host.HostId)).Watch.ObserveSilence(identity, host.LastSeen.ToUnixTimeMilliseconds(), NowMs);
    }

    /// <summary>The silence of a loaded host is expected from now on. What it still sends until a time is not taken for a new life.</summary>
    /// <returns>False when nothing is known of the host.</returns>
    public bool TryNoteStopped(string hostId, DateTimeOffset until)
    {
        var item = ItemOf(ItemKey.OfHost(hostId));
        if (item.SeenAt is null)
        {
            return false;
        }

        item.NoteStopped(until.ToUnixTimeMilliseconds());
        return true;
    }

    /// <summary>Whether nothing can come any more that belongs to what a loaded host has sent. With the next commit it counts as settled.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="query">Since when that is so.</param>
    /// <param name="completeNs">Until when it is complete, ns since 1970 UTC.</param>
    public bool TrySettle(string hostId, SweepQuery query, out long completeNs)
    {
        ArgumentNullException.ThrowIfNull(query);
        var item = ItemOf(ItemKey.OfHost(hostId));
        completeNs = query.SettleBefore * 1_000_000;
        if (item.SeenAt is not { } seen || !query.IsUnsettled(seen, item.SettledFor))
        {
            return false;
        }

        item.NoteSettled();
        return true;
    }
}
