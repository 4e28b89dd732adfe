using AlertLambda.Logging;
using Detection.State;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.State;

/// <content>What comes from the store, and what goes from memory.</content>
public sealed partial class EngineItems
{
    private static readonly string[] Own = [ItemKey.Function];

    /// <summary>True when the frame can be evaluated as memory stands; else <see cref="LoadAsync"/> must come first.</summary>
    public bool IsReady(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return !IsStale(frame) && !_engine.SharedRules.Any(rule => IsStale(rule, frame));
    }

    /// <summary>Loads what the frames need and memory lacks, or has only in an old form. What is not written yet must be committed before.</summary>
    /// <param name="frames">Of each host the first counts.</param>
    /// <param name="counters">Counts items.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StoreException">The store does not give it; memory is as before.</exception>
    public Task LoadAsync(IReadOnlyList<Frame> frames, BatchCounters counters, CancellationToken cancellationToken)
    {
        var hosts = frames.DistinctBy(frame => frame.Host.HostId).Where(IsStale).Select(frame => ItemKey.OfHost(frame.Host.HostId));
        return LoadAsync([.. KnowsFunction ? [] : Own, .. SharedToLoad(frames), .. hosts], counters, cancellationToken);
    }

    /// <summary>Loads items anew, whatever is in memory, and the correlations over several hosts with them.</summary>
    /// <exception cref="StoreException">The store does not give it; memory is as before.</exception>
    public Task LoadAnewAsync(IEnumerable<string> keys, BatchCounters counters, CancellationToken cancellationToken) =>
        LoadAsync([.. _engine.SharedRules.Select(ItemKey.OfShared).Union(keys)], counters, cancellationToken);

    /// <summary>Loads the function's own item anew.</summary>
    /// <exception cref="StoreException">The store does not give it; memory is as before.</exception>
    public Task LoadFunctionAsync(BatchCounters counters, CancellationToken cancellationToken) => LoadAsync(Own, counters, cancellationToken);

    /// <summary>Forgets all that is not in the store: it is to be evaluated again from what is there.</summary>
    public void ForgetUnwritten()
    {
        if (HasFunctionNews)
        {
            ForgetFunction();
        }

        foreach (var rule in _engine.SharedRules.Where(rule => _engine.SharedChange(rule) == StateChange.Memory || ItemOf(ItemKey.OfShared(rule)).Uncommitted.Count > 0))
        {
            _engine.ForgetShared(rule);
            Drop(ItemKey.OfShared(rule));
        }

        // A host with mere progress, too: what a correlation over hosts has just forgotten, it must give it again.
        foreach (var host in _items.Keys.Select(ItemKey.HostOf).OfType<string>().ToList())
        {
            if ((_touched.TryGetValue(host, out var written) && !written)
                || _items[ItemKey.OfHost(host)] is { Uncommitted.Count: > 0 } or { IsNoted: true }
                || _lost.Contains(ItemKey.OfHost(host))
                || (Tails.Find(host) is null && (_items[ItemKey.OfHost(host)].Watch.HasNews || _engine.HostChange(host) == StateChange.Memory)))
            {
                _engine.ForgetHost(host);
                Drop(ItemKey.OfHost(host));

                // Else it would be evaluated from its item on again after each lost race.
                Tails.Force(host);
            }
        }

        _touched.Clear();
        _fresh.Clear();
        _lost.Clear();
        Tails.EndRound(committed: false);
        UncommittedLength = 0;
    }

    /// <summary>Bounds memory between two batches. Everything is in the store, is mere progress, or can be read again.</summary>
    public void Trim()
    {
        var hosts = _items.Values.Where(item => ItemKey.HostOf(item.Key) is { } host && !IsDirty(item) && Tails.Find(host) is null).ToList();
        foreach (var item in hosts.OrderBy(item => item.SeenAt ?? 0).Take(hosts.Count - _options.WarmHosts))
        {
            _engine.ForgetHost(ItemKey.HostOf(item.Key)!);
            Drop(item.Key);
        }
    }

    // What was loaded for these frames is as new as it gets, and of a host that is not in the store there is nothing. What was evaluated of a shard that is followed is newer than the store.
    private bool IsStale(Frame frame)
    {
        var key = ItemKey.OfHost(frame.Host.HostId);
        return !_fresh.Contains(key)
            && (!_items.TryGetValue(key, out var item)
                || (Tails.Current is { } shard ? item.Shard != shard.Shard || !_engine.KnowsHost(frame.Host.HostId) : _engine.HostIsStale(frame)));
    }

    private bool IsStale(string rule, Frame frame)
    {
        var key = ItemKey.OfShared(rule);
        return !_fresh.Contains(key) && (!_items.ContainsKey(key) || _engine.SharedIsStale(rule, frame));
    }

    private IEnumerable<string> SharedToLoad(IReadOnlyList<Frame> frames) => _engine.SharedRules
        .Where(rule => frames.Take(1).Any(frame => IsStale(rule, frame)))
        .Select(ItemKey.OfShared);

    private async Task LoadAsync(string[] keys, BatchCounters counters, CancellationToken cancellationToken)
    {
        if (keys.Length == 0)
        {
            return;
        }

        var loaded = (await _store.LoadAsync(keys, cancellationToken)).ToDictionary(item => item.Key);
        counters.ItemsLoaded += loaded.Count;
        foreach (var key in keys)
        {
            Take(key, loaded.GetValueOrDefault(key), counters);
            _fresh.Add(key);
        }
    }

    private void Take(string key, StoredItem? stored, BatchCounters counters)
    {
        Drop(key);
        var host = ItemKey.HostOf(key);
        var rule = _engine.SharedRules.FirstOrDefault(rule => ItemKey.OfShared(rule) == key);
        if (host is not null)
        {
            _engine.ForgetHost(host);
        }
        else if (rule is not null)
        {
            _engine.ForgetShared(rule);
            _engine.MarkSharedSaved(rule);
        }

        var item = ItemOf(key);
        if (stored is null)
        {
            return;
        }

        item.Take(stored, Outbox(stored, counters));
        item.Outbox.Remove(_sent.GetValueOrDefault(key) ?? []);
        _outgoing.AddRange(item.Outbox.Entries.Where(entry => entry.Owner == _owner).Select(entry => new Outgoing(key, entry, ++_order)));
        string? fault = null;
        if (key == ItemKey.Function && TakeFunction(stored) is { } damage)
        {
            NoteDamaged(key, damage, counters);
            return;
        }

        var read = stored.State.IsEmpty || (host is not null ? _engine.TryLoadHost(host, stored.State.Span, out fault)
            // A rule that this pack does not have any more leaves messages behind, and nothing else.
            : rule is null || _engine.TryLoadShared(rule, stored.State.Span, out fault));
        if (!read)
        {
            NoteDamaged(key, fault!, counters);
        }
    }

    private IReadOnlyList<OutboxEntry> Outbox(StoredItem stored, BatchCounters counters)
    {
        try
        {
            return OutboxCodec.Decode(stored.Outbox);
        }
        catch (InvalidDataException e)
        {
            NoteDamaged(stored.Key, e.Message, counters);
            return [];
        }
    }

    // It begins anew: the next write replaces what cannot be read.
    private void NoteDamaged(string key, string fault, BatchCounters counters)
    {
        counters.ItemsDamaged++;
        _log.Write(LogLevel.Error, "item-damaged", json =>
        {
            json.WriteString("item", SafeText.Escape(key));
            json.WriteString("fault", SafeText.Escape(fault));
        });
    }

    private WarmItem ItemOf(string key)
    {
        if (!_items.TryGetValue(key, out var item))
        {
            _items[key] = item = new WarmItem(key);
        }

        return item;
    }

    private void Drop(string key)
    {
        _items.Remove(key);
        _fresh.Remove(key);
        _outgoing.RemoveAll(message => message.Item == key);
        if (ItemKey.HostOf(key) is { } host)
        {
            Tails.Find(host)?.NoteForgotten();
        }
    }
}
