using AlertLambda.Logging;

namespace AlertLambda.State;

/// <content>One round of writes.</content>
public sealed partial class EngineItems
{
    // Every write is tried, whatever becomes of the others: each that succeeds need not be evaluated again.
    private async Task<bool> WriteAllAsync(List<PendingWrite> writes, BatchCounters counters, CancellationToken cancellationToken)
    {
        var expiresAt = (_clock.GetUtcNow() + _options.KeepFor).ToUnixTimeSeconds();
        var items = writes.Select(write =>
        {
            NoteDropped(write.Item, write.Item.Outbox.Encode(out var outbox), counters);
            var version = write.Item.Version + 1 ?? NowMs;
            return write.Item.ToStore(version, expiresAt, write.State, outbox);
        }).ToList();
        var outcomes = await Task.WhenAll(writes.Zip(items, (write, item) => TryWriteAsync(write.Item.Version, item, cancellationToken)));
        for (var i = 0; i < writes.Count; i++)
        {
            if (outcomes[i].Written)
            {
                Take(writes[i], items[i], counters);
            }
        }

        counters.Conflicts += outcomes.Count(outcome => outcome is { Written: false, Failure: null });
        return outcomes.FirstOrDefault(outcome => outcome.Failure is not null).Failure is { } failure
            ? throw failure
            : outcomes.All(outcome => outcome.Written);
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
