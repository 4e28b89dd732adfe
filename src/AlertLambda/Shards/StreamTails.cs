using AlertLambda.Intake;

namespace AlertLambda.Shards;

/// <summary>
/// What of the stream is evaluated, or to be evaluated again, and in no item: by host. With it a host's memory can be made again from its item. Not thread-safe.
/// </summary>
internal sealed class StreamTails
{
    private readonly Dictionary<ShardName, ShardTail> _shards = [];
    private readonly Dictionary<string, HostTail> _hosts = [];

    /// <summary>The shard whose batch is taken now, if what is not in items can be read again.</summary>
    internal ShardTail? Current { get; private set; }

    /// <summary>What is known of a shard's item; null = it is not followed.</summary>
    internal ShardTail? Find(ShardName shard) => _shards.GetValueOrDefault(shard);

    /// <summary>What of a host is in no item; null = nothing.</summary>
    internal HostTail? Find(string hostId) => _hosts.GetValueOrDefault(hostId);

    /// <summary>What of a shard's hosts is in no item.</summary>
    internal IEnumerable<KeyValuePair<string, HostTail>> Of(ShardName shard) => _hosts.Where(host => host.Value.Shard == shard);

    /// <summary>From now on batches of a shard are taken; null = of none.</summary>
    internal void Begin(ShardTail? shard)
    {
        Current = shard;
        if (shard is not null)
        {
            _shards[shard.Shard] = shard;
        }
    }

    /// <summary>Nothing of a shard is known any more.</summary>
    internal void Forget(ShardName shard)
    {
        _shards.Remove(shard);
        foreach (var host in Of(shard).Select(host => host.Key).ToList())
        {
            _hosts.Remove(host);
        }
    }

    /// <summary>A host's item is written with the next commit.</summary>
    internal void Force(string hostId)
    {
        if (_hosts.TryGetValue(hostId, out var tail))
        {
            tail.IsForced = true;
        }
    }

    /// <summary>A record was read again; its host's memory lacks it.</summary>
    internal void AddRead(string hostId, ShardName shard, StreamRecord record, long sinceMs)
    {
        if (!_hosts.TryGetValue(hostId, out var tail))
        {
            _hosts[hostId] = tail = new HostTail(shard, sinceMs, begin: 0);
        }

        tail.AddRead(record);
    }

    /// <summary>A delivered record of a host is evaluated now.</summary>
    internal void Add(string hostId, StreamRecord record, long nowMs)
    {
        if (Current is not { } shard || SequenceNumber.IsUpTo(record.SequenceNumber, shard.Taken))
        {
            return;
        }

        if (!_hosts.TryGetValue(hostId, out var tail))
        {
            _hosts[hostId] = tail = new HostTail(shard.Shard, nowMs, shard.BatchBegin);
        }
        else if (tail.Shard != shard.Shard)
        {
            // It came to another shard: one item for both, at once.
            tail.IsForced = true;
            return;
        }

        tail.Add(record);
    }

    /// <summary>The records that memory lacks, in order, up to a number of them.</summary>
    /// <param name="shard">Of which shard.</param>
    /// <param name="hosts">Of which hosts; null = of all.</param>
    /// <param name="count">Most of them.</param>
    internal IReadOnlyList<StreamRecord> Open(ShardName shard, IReadOnlyCollection<string>? hosts, int count)
    {
        var tails = hosts is null ? Of(shard).Select(host => host.Value) : hosts.Select(Find).OfType<HostTail>();
        return [.. tails.SelectMany(tail => tail.Open).Order(BySequence).Take(count)];
    }

    /// <summary>A host's item holds all that memory holds.</summary>
    internal void NoteWritten(string hostId)
    {
        if (_hosts.TryGetValue(hostId, out var tail))
        {
            tail.NoteWritten();
            RemoveEmpty(hostId, tail);
        }
    }

    /// <summary>What was evaluated since the last commit is committed, or did not happen.</summary>
    internal void EndRound(bool committed)
    {
        foreach (var (hostId, tail) in _hosts.ToList())
        {
            tail.EndRound(committed);
            RemoveEmpty(hostId, tail);
        }
    }

    /// <summary>
    /// Has the hosts of a shard written that wait for longest, until what all of the others take is within a bound; and those behind whose first record the shard went
    /// on for twice that, for all of it would have to be read again.
    /// </summary>
    internal void Bound(ShardName shard, long bytes)
    {
        var end = Find(shard)?.BatchEnd ?? 0;
        foreach (var tail in Of(shard).Select(host => host.Value).Where(tail => end - tail.Begin > 2 * bytes))
        {
            tail.IsForced = true;
        }

        var excess = _hosts.Values.Sum(tail => tail.Bytes) - bytes;
        if (excess <= 0)
        {
            return;
        }

        foreach (var tail in Of(shard).Select(host => host.Value).OrderBy(tail => tail.SinceMs).TakeWhile(_ => excess > 0))
        {
            tail.IsForced = true;
            excess -= tail.Bytes;
        }
    }

    private static readonly Comparer<StreamRecord> BySequence =
        Comparer<StreamRecord>.Create((one, other) => SequenceNumber.Compare(one.SequenceNumber!, other.SequenceNumber!));

    private void RemoveEmpty(string hostId, HostTail tail)
    {
        if (tail.IsEmpty)
        {
            _hosts.Remove(hostId);
        }
    }
}
