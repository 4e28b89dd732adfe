using Wire.Model;

namespace AlertLambda.State;

/// <summary>An item as this process knows it. Not thread-safe.</summary>
/// <param name="key">By <see cref="ItemKey"/>.</param>
internal sealed class WarmItem(string key)
{
    private readonly List<OutboxEntry> _uncommitted = [];

    internal string Key => key;

    /// <summary>The version in the store as far as known; null = none is there.</summary>
    internal long? Version { get; set; }

    /// <summary>Messages, committed or not, that are not known to be sent.</summary>
    internal ItemOutbox Outbox { get; } = new();

    /// <summary>Those of them that no write has made durable yet.</summary>
    internal IReadOnlyList<OutboxEntry> Uncommitted => _uncommitted;

    /// <summary>Incidents that opened since the last write.</summary>
    internal int Opened { get; set; }

    /// <summary>Whether what is sent could not be marked yet: the next write does.</summary>
    internal bool IsUnmarked { get; set; }

    /// <inheritdoc cref="StoredItem.SeenAt"/>
    internal long? SeenAt { get; private set; }

    /// <inheritdoc cref="StoredItem.SilenceTold"/>
    internal long? SilenceTold { get; private set; }

    /// <inheritdoc cref="StoredItem.Note"/>
    internal HostNote? Note { get; private set; }

    /// <summary>Time of the newest frame, ns since 1970 UTC by the host's clock; 0 = none yet.</summary>
    internal long FrameNs { get; private set; }

    /// <summary>Both as the last write had them.</summary>
    private (long SeenAt, long FrameNs) _saved;

    /// <summary>Takes what was loaded.</summary>
    internal void Take(StoredItem item, IReadOnlyList<OutboxEntry> outbox)
    {
        Version = item.Version;
        Outbox.Replace(outbox);
        (SeenAt, SilenceTold, Note) = (item.SeenAt, item.SilenceTold, item.Note);
        _saved = (item.SeenAt ?? 0, 0);
    }

    /// <summary>Takes note of a frame.</summary>
    internal void See(Frame frame, long arrivedAt)
    {
        SeenAt = Math.Max(SeenAt ?? 0, arrivedAt);
        if (Note is null || Note.HostName != frame.Host.HostName || Note.Cloud != frame.Host.Cloud)
        {
            Note = new HostNote(frame.Host.HostName, frame.Host.Cloud);
        }

        FrameNs = frame.Events.Count > 0 ? frame.Events[^1].TimeNs
            : frame.Heartbeat is { } beat ? unchecked(frame.BootTimeUnixNs + (long)beat.TakenBootNs)
            : FrameNs;
        if (_saved.FrameNs == 0)
        {
            _saved.FrameNs = FrameNs;
        }
    }

    /// <summary>Whether what is only progress has waited long enough: by the host's clock, whichever way it went, or by the stream's.</summary>
    internal bool IsProgressDue(TimeSpan every) =>
        Math.Abs(FrameNs - _saved.FrameNs) >= every.Ticks * 100 || (SeenAt ?? 0) - _saved.SeenAt >= (long)every.TotalMilliseconds;

    /// <summary>Puts a message in that the next write is to make durable.</summary>
    internal void Add(OutboxEntry entry)
    {
        Outbox.Add(entry);
        _uncommitted.Add(entry);
    }

    /// <summary>Everything is as written.</summary>
    internal void NoteWritten(long version)
    {
        Version = version;
        _uncommitted.Clear();
        Opened = 0;
        IsUnmarked = false;
        _saved = (SeenAt ?? 0, FrameNs);
    }
}
