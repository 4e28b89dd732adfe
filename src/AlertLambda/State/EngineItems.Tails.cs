using AlertLambda.Intake;
using AlertLambda.Shards;

namespace AlertLambda.State;

/// <content>Hosts whose items are behind, because the stream holds what they lack (docs: decision 0026).</content>
public sealed partial class EngineItems
{
    // Items of which a write was not taken, or its outcome is not known.
    private readonly HashSet<string> _lost = [];

    /// <summary>What no item holds.</summary>
    internal StreamTails Tails { get; } = new();

    /// <summary>Records of the shard whose batch is taken that were evaluated before, and that memory lacks.</summary>
    /// <param name="frames">Of the hosts of these; null = of all.</param>
    /// <param name="count">Most of them; they come in order.</param>
    public IReadOnlyList<StreamRecord> TakeAgain(IReadOnlyList<ReceivedFrame>? frames, int count) =>
        Tails.Current is { } shard ? Tails.Open(shard.Shard, frames?.Select(received => received.Frame.Host.HostId).ToHashSet(), count) : [];

    /// <summary>Has all hosts of the shard written with the next commit whose items are behind.</summary>
    /// <returns>False when there are none.</returns>
    public bool ForceTails()
    {
        var tails = Tails.Current is { } shard ? Tails.Of(shard.Shard).Select(host => host.Value).ToList() : [];
        tails.ForEach(tail => tail.IsForced = true);
        return tails.Count > 0;
    }

    /// <summary>Forgets all that is remembered of a shard and its hosts. Everything is committed.</summary>
    internal void Forget(ShardName shard)
    {
        foreach (var item in _items.Values.Where(item => item.Shard == shard).ToList())
        {
            _engine.ForgetHost(ItemKey.HostOf(item.Key)!);
            Drop(item.Key);
        }

        Tails.Forget(shard);
    }

    /// <summary>
    /// When hosts of a shard were heard of whose items seem to say that they are silent: <see cref="StateOptions.MostHeard"/> of them at most. Beyond them are only
    /// hosts that could not be evaluated again in time; their silence may be told, and is over with their next frame.
    /// </summary>
    internal IReadOnlyDictionary<uint, long> HeardOf(ShardName shard)
    {
        var heard = new Dictionary<uint, long>();
        foreach (var (host, tail) in Tails.Of(shard))
        {
            if (heard.Count == _options.MostHeard)
            {
                break;
            }

            var item = _items.GetValueOrDefault(ItemKey.OfHost(host));
            if (item is null || item.IsSeenDue(_options.SeenEvery))
            {
                var name = ShardMark.NameOf(host);
                heard[name] = Math.Max(heard.GetValueOrDefault(name), item?.SeenAt ?? tail.HeardMs);
            }
        }

        return heard;
    }

    private void NoteTail(WarmItem item, string host, ReceivedFrame received)
    {
        item.Shard = Tails.Current?.Shard;
        if (received.IsAgain)
        {
            Tails.Find(host)?.NoteEvaluated();
        }
        else
        {
            Tails.Add(host, received.Record, NowMs);
        }
    }

    // A host that nobody knows yet is written at once, so that its silence is noticed; so is what people were told.
    private bool IsDue(WarmItem item, string host, HostTail tail)
    {
        if (tail.IsForced || item.IsTold || item.Version is null)
        {
            return true;
        }

        return Tails.Current is { } shard && tail.Shard == shard.Shard
            && (NowMs - tail.SinceMs >= (long)shard.Patience.TotalMilliseconds
                || item.IsSeenDue(shard.Patience)
                || _engine.HostIsAhead(host, (long)shard.Patience.TotalNanoseconds));
    }

    // What waits is bounded: in bytes, to the hosts that the mark can name, and to those that stay in memory.
    private void ForceBounds()
    {
        if (Tails.Current is not { } shard)
        {
            return;
        }

        Tails.Bound(shard.Shard, _options.TailBytes);
        var tails = Tails.Of(shard.Shard).Select(host => (host.Value, Item: _items.GetValueOrDefault(ItemKey.OfHost(host.Key)))).Where(one => one.Item is not null).ToList();
        foreach (var (tail, _) in tails.Where(one => one.Item!.IsSeenDue(_options.SeenEvery)).Skip(_options.MostHeard))
        {
            tail.IsForced = true;
        }

        foreach (var (tail, _) in tails.OrderBy(one => one.Item!.SeenAt ?? 0).Take(_items.Count - _options.WarmHosts))
        {
            tail.IsForced = true;
        }
    }
}
