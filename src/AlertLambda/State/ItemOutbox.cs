using AlertLambda.Alerts;

namespace AlertLambda.State;

/// <summary>The unsent messages of one item in memory, oldest first. Bounded by what they take in the store. Not thread-safe.</summary>
public sealed class ItemOutbox
{
    /// <summary>Most bytes of an outbox in the store. Beside the engine's memory it stays below the 400 KB of an item.</summary>
    public const int MaxBytes = 72 * 1024;

    private readonly List<OutboxEntry> _entries = [];

    /// <summary>The messages.</summary>
    public IReadOnlyList<OutboxEntry> Entries => _entries;

    /// <summary>When the oldest was put in, ms since 1970 UTC; null = there is none.</summary>
    public long? Since => _entries.Count == 0 ? null : _entries.Min(entry => entry.AddedAt);

    /// <summary>Puts a message at the end.</summary>
    public void Add(OutboxEntry entry) => _entries.Add(entry);

    /// <summary>Puts what was loaded in the place of what is here.</summary>
    public void Replace(IEnumerable<OutboxEntry> entries)
    {
        _entries.Clear();
        _entries.AddRange(entries);
    }

    /// <summary>Takes out what is known to be sent: the same message of the same incident, whoever read it when.</summary>
    public void Remove(IEnumerable<OutboxEntry> sent)
    {
        var known = sent.Select(IdentityOf).ToHashSet();
        _entries.RemoveAll(entry => known.Contains(IdentityOf(entry)));
    }

    /// <summary>Writes it within its bound. The oldest go where there is no room.</summary>
    /// <param name="bytes">By <see cref="OutboxCodec"/>; empty = no messages.</param>
    /// <returns>What had to go, oldest first: never published unless it is under way already.</returns>
    public IReadOnlyList<OutboxEntry> Encode(out byte[] bytes)
    {
        var dropped = new List<OutboxEntry>();
        bytes = OutboxCodec.Encode(_entries);
        while (bytes.Length > MaxBytes)
        {
            // In proportion: with a large excess one at a time would compress the rest again and again.
            var count = Math.Clamp((int)(_entries.Count * (1 - ((double)MaxBytes / bytes.Length))), 1, _entries.Count);
            dropped.AddRange(_entries.Take(count));
            _entries.RemoveRange(0, count);
            bytes = OutboxCodec.Encode(_entries);
        }

        return dropped;
    }

    /// <summary>What makes a message the same, whoever read it when.</summary>
    internal static (string, long, string, AlertMedium, string) IdentityOf(OutboxEntry entry) =>
        (entry.Message.IncidentId, entry.AddedAt, entry.Owner, entry.Message.Medium, entry.Message.Subject);
}
