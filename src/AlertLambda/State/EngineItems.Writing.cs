using AlertLambda.Logging;

namespace AlertLambda.State;

/// <content>One round of writes.</content>
public sealed partial class EngineItems
{
    // Each is encoded while others are on their way. After one that did not succeed no more begin, but those that do have not to be evaluated again.
    private async Task<bool> WriteAllAsync(IEnumerable<PendingWrite> writes, BatchCounters counters, CancellationToken cancellationToken)
    {
        var underWay = new List<(PendingWrite Write, StoredItem Item, Task<(bool Written, StoreException? Failure)> Outcome)>();
        var all = true;
        StoreException? failure = null;
        foreach (var write in writes)
        {
            var item = ToStore(write, counters);
            underWay.Add((write, item, TryWriteAsync(write.Item.Version, item, cancellationToken)));
            if (underWay.Count == _options.Writers)
            {
                await Task.WhenAny(underWay.Select(one => one.Outcome));
                await TakeDoneAsync();
            }

            if (!all)
            {
                break;
            }
        }

        await Task.WhenAll(underWay.Select(one => one.Outcome));
        await TakeDoneAsync();
        return failure is null ? all : throw failure;

        async Task TakeDoneAsync()
        {
            foreach (var done in underWay.Where(one => one.Outcome.IsCompleted).ToList())
            {
                underWay.Remove(done);
                var (written, why) = await done.Outcome;
                (all, failure) = (all && written, failure ?? why);
                if (written)
                {
                    Take(done.Write, done.Item, counters);
                }
                else
                {
                    counters.Conflicts += why is null ? 1 : 0;
                    _lost.Add(done.Item.Key);
                }
            }
        }
    }

    private StoredItem ToStore(PendingWrite write, BatchCounters counters)
    {
        NoteDropped(write.Item, write.Item.Outbox.Encode(out var outbox), counters);
        var expiresAt = (_clock.GetUtcNow() + _options.KeepFor).ToUnixTimeSeconds();
        return write.Item.ToStore(write.Item.Version + 1 ?? NowMs, expiresAt, write.State, outbox);
    }

    private async Task<(bool Written, StoreException? Failure)> TryWriteAsync(long? expected, StoredItem item, CancellationToken cancellationToken)
    {
        try
        {
            return (await _store.TryWriteAsync(item, expected, cancellationToken), null);
        }
        catch (StoreException e)
        {
            return (false, e);
        }
        catch (OperationCanceledException e)
        {
            return (false, new StoreException(true, "the time of the invocation is over", e));
        }
    }

    private void Take(PendingWrite write, StoredItem item, BatchCounters counters)
    {
        counters.ItemsWritten++;
        counters.StateBytes += item.State.Length + item.Outbox.Length;
        counters.Incidents += write.Item.Opened;
        UncommittedLength -= write.Item.Uncommitted.Sum(message => message.Entry.Message.Body.Length);
        _outgoing.AddRange(write.Item.Uncommitted);
        _outgoing.Sort((one, other) => one.Order.CompareTo(other.Order));
        write.Item.NoteWritten(item.Version, item.SeenAt);
        _sent.Remove(item.Key);
        write.Written();
    }

    private void NoteDropped(WarmItem item, IReadOnlyList<OutboxEntry> dropped, BatchCounters counters)
    {
        foreach (var entry in dropped)
        {
            counters.AlertsDropped++;
            _outgoing.RemoveAll(message => ReferenceEquals(message.Entry, entry));
            item.Forget(entry);
            _log.Write(LogLevel.Error, "alert-dropped", json =>
            {
                json.WriteString("incident", entry.Message.IncidentId);
                json.WriteString("medium", entry.Message.Medium.ToString());
                json.WriteString("rule", entry.Message.Attributes.GetValueOrDefault("rule"));
                json.WriteString("host", entry.Message.Attributes.GetValueOrDefault("host"));
                json.WriteString("reason", "too many unsent messages wait in one item: the oldest went");
            });
        }
    }
}
