using AlertLambda.Findings;
using AlertLambda.Shards;
using Wire.Model;

namespace AlertLambda.State;

/// <summary>An item as this process knows it. Not thread-safe.</summary>
/// <param name="key">By <see cref="ItemKey"/>.</param>
internal sealed class WarmItem(string key)
{
    private readonly List<Outgoing> _uncommitted = [];
    private long _savedSeenAt;

    internal string Key => key;

    /// <summary>The version in the store as far as known; null = none is there.</summary>
    internal long? Version { get; private set; }

    /// <summary>Messages, committed or not, that are not known to be sent.</summary>
    internal ItemOutbox Outbox { get; } = new();

    /// <summary>Those of them that no write has made durable yet.</summary>
    internal IReadOnlyList<Outgoing> Uncommitted => _uncommitted;

    /// <summary>Incidents that opened since the last write.</summary>
    internal int Opened { get; set; }

    /// <summary>Whether something was told, or left untold on purpose, that the next write is to remember.</summary>
    internal bool IsTold { get; set; }

    /// <summary>The shard that its last frame came from, if that can be read again.</summary>
    internal ShardName? Shard { get; set; }

    /// <inheritdoc cref="StoredItem.SeenAt"/>
    internal long? SeenAt { get; private set; }

    /// <inheritdoc cref="StoredItem.SilenceTold"/>
    internal long? SilenceTold { get; private set; }

    /// <inheritdoc cref="StoredItem.SettledFor"/>
    internal long? SettledFor { get; private set; }

    /// <summary>Whether there is something to write that neither the engine nor a message says.</summary>
    internal bool IsNoted { get; private set; }

    /// <inheritdoc cref="StoredItem.Note"/>
    internal HostNote? Note { get; private set; }

    /// <summary>What looks at the telemetry of a host.</summary>
    internal HostWatch Watch { get; private set; } = new(new WatchState());

    /// <summary>Takes what was loaded.</summary>
    internal void Take(StoredItem item, IReadOnlyList<OutboxEntry> outbox)
    {
        Version = item.Version;
        Outbox.Replace(outbox);
        (SeenAt, SilenceTold, SettledFor, Note) = (item.SeenAt, item.SilenceTold, item.SettledFor, item.Note);
        _savedSeenAt = item.SeenAt ?? 0;
        Watch = new HostWatch(WatchState.TryDecode(item.Watch.Span) ?? new WatchState());
    }

    /// <summary>Takes note of a frame.</summary>
    internal void See(HostIdentity host, long arrivedAt)
    {
        SeenAt = Math.Max(SeenAt ?? 0, arrivedAt);
        if (Note is null || Note.HostName != host.HostName || Note.Cloud != host.Cloud)
        {
            Note = new HostNote(host.HostName, host.Cloud);
        }
    }

    /// <summary>Whether the time it was last heard of is so far behind in the store that it would seem silent.</summary>
    internal bool IsSeenDue(TimeSpan every) => (SeenAt ?? 0) - _savedSeenAt >= (long)every.TotalMilliseconds;

    /// <summary>Its silence is told at a time, ms since 1970 UTC; what it sent before that and what is read later is no new life.</summary>
    internal void NoteTold(long nowMs) => (SilenceTold, IsNoted) = (Math.Max(SeenAt ?? 0, nowMs), true);

    /// <summary>Its silence is expected until it is heard of after a time, ms since 1970 UTC.</summary>
    internal void NoteStopped(long until) => (SilenceTold, IsNoted) = (until, true);

    /// <summary>What waited for its next event is answered.</summary>
    internal void NoteSettled() => (SettledFor, IsNoted) = (SeenAt, true);

    /// <summary>Puts a message in that the next write is to make durable.</summary>
    internal void Add(Outgoing message)
    {
        Outbox.Add(message.Entry);
        _uncommitted.Add(message);
    }

    /// <summary>The item as it is to be stored.</summary>
    internal StoredItem ToStore(long version, long expiresAt, ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> outbox) => new()
    {
        Key = key, Version = version, ExpiresAt = expiresAt, State = state, Outbox = outbox, OutboxSince = Outbox.Since,
        SeenAt = SeenAt, SilenceTold = SilenceTold, SettledFor = SettledFor, Note = Note,
        Watch = SeenAt is null ? default(ReadOnlyMemory<byte>) : Watch.State.Encode(),
    };

    /// <summary>Everything is as written.</summary>
    internal void NoteWritten(long version, long? seenAt)
    {
        Version = version;
        _uncommitted.Clear();
        Opened = 0;
        (IsNoted, IsTold) = (false, false);
        _savedSeenAt = seenAt ?? 0;
        Watch.MarkSaved();
    }

    /// <summary>The messages are as written.</summary>
    internal void NoteMarked(long version) => Version = version;

    /// <summary>There was no room for a message.</summary>
    internal void Forget(OutboxEntry dropped) => _uncommitted.RemoveAll(message => ReferenceEquals(message.Entry, dropped));
}
