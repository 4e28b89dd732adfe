using AlertLambda.Logging;
using Wire.Text;

namespace AlertLambda.State;

/// <content>How messages leave: published by the caller, then taken out of the store.</content>
public sealed partial class EngineItems
{
    private const int MarkTries = 4;

    private readonly List<Outgoing> _outgoing = [];

    // Sent, and still in the store: by item.
    private readonly Dictionary<string, List<OutboxEntry>> _sent = [];

    /// <summary>Messages in the store that are this process's to publish, in the order in which they were made.</summary>
    public IReadOnlyList<Outgoing> Outgoing
    {
        get
        {
            _outgoing.RemoveAll(message => !IsYoung(message));
            return [.. _outgoing];
        }
    }

    /// <summary>False when a message is not in the store any more, or has become too old: from now on it is the sweep's.</summary>
    public bool IsOurs(Outgoing message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return IsYoung(message) && _outgoing.Exists(other => IsSame(other, message));
    }

    /// <summary>For the sweep: makes the messages of loaded items ours that wait since before a time, whoever put them in.</summary>
    /// <param name="before">Ms since 1970 UTC.</param>
    public void Claim(long before)
    {
        var known = _outgoing.Select(message => message.Entry).Concat(_items.Values.SelectMany(item => item.Uncommitted).Select(message => message.Entry))
            .ToHashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var item in _items.Values)
        {
            _outgoing.AddRange(item.Outbox.Entries.Where(entry => entry.AddedAt < before && !known.Contains(entry))
                .Select(entry => new Outgoing(item.Key, entry, ++_order) { IsClaimed = true }));
        }
    }

    /// <summary>The message was refused, and stays in the store for the sweep.</summary>
    public void LeaveToSweep(Outgoing message) => _outgoing.RemoveAll(other => IsSame(other, message));

    /// <summary>The message is sent. It is taken out of the store as soon as no other of its item is to be published.</summary>
    public async Task MarkSentAsync(Outgoing message, BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        LeaveToSweep(message);
        ItemOf(message.Item).Outbox.Remove([message.Entry]);
        if (_sent.TryGetValue(message.Item, out var sent))
        {
            sent.Add(message.Entry);
        }
        else
        {
            _sent[message.Item] = [message.Entry];
        }

        if (!_outgoing.Exists(other => other.Item == message.Item))
        {
            await MarkAsync(message.Item, counters, cancellationToken);
        }
    }

    /// <summary>Takes out of the store what is sent and could not be taken out when it was. Everything is committed.</summary>
    public async Task MarkLeftAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        foreach (var key in _sent.Keys.ToList())
        {
            await MarkAsync(key, counters, cancellationToken);
        }
    }

    // An item that was loaded anew has the same messages in other objects.
    private static bool IsSame(Outgoing one, Outgoing other) =>
        one.Item == other.Item && ItemOutbox.IdentityOf(one.Entry) == ItemOutbox.IdentityOf(other.Entry);

    private bool IsYoung(Outgoing message) => message.IsClaimed || message.Entry.AddedAt >= NowMs - (long)OutboxEntry.OwnedFor.TotalMilliseconds;

    private async Task MarkAsync(string key, BatchCounters counters, CancellationToken cancellationToken)
    {
        try
        {
            if (!_items.ContainsKey(key))
            {
                // It was forgotten since.
                await LoadAsync([key], counters, cancellationToken);
            }

            for (var tries = 1; !await TryMarkAsync(ItemOf(key), counters, cancellationToken); tries++)
            {
                if (tries == MarkTries)
                {
                    throw new StoreException(true, "other processes write the item again and again");
                }

                // Another process has written it; it may hold our messages still.
                counters.Conflicts++;
                await LoadAsync([key], counters, cancellationToken);
            }

            _sent.Remove(key);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            counters.StoreFailures++;
            _log.Write(LogLevel.Warning, "alert-not-marked", json =>
            {
                json.WriteString("item", SafeText.Escape(key));
                json.WriteString("reason", SafeText.Escape(e.Message));
                json.WriteString("next", "taken out with the next batch; the sweep may publish it once more before, under the same incident id");
            });
        }
    }

    private async Task<bool> TryMarkAsync(WarmItem item, BatchCounters counters, CancellationToken cancellationToken)
    {
        if (item.Version is not { } version)
        {
            // Not in the store any more, and the messages neither.
            return true;
        }

        NoteDropped(item, item.Outbox.Encode(out var outbox), counters);
        var update = new OutboxUpdate { Key = item.Key, Expected = version, Outbox = outbox, OutboxSince = item.Outbox.Since };
        var marked = await _store.TryUpdateAsync(update, cancellationToken);
        if (marked)
        {
            item.NoteMarked(update.Version);
            counters.ItemsWritten++;
        }

        return marked;
    }
}
