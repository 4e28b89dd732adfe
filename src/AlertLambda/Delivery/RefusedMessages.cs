using AlertLambda.Alerts;

namespace AlertLambda.Delivery;

/// <summary>Messages of one medium that were refused, oldest first. Bounded by their text; not thread-safe.</summary>
internal sealed class RefusedMessages
{
    /// <summary>Most characters of body that are kept: about 2,000 mails of usual size, 8 MiB of memory.</summary>
    internal const int MaxLength = 4 * 1024 * 1024;

    private readonly Queue<AlertMessage> _messages = new();
    private long _length;

    /// <summary>How many.</summary>
    internal int Count => _messages.Count;

    /// <summary>The oldest, or null.</summary>
    internal AlertMessage? Oldest => _messages.TryPeek(out var message) ? message : null;

    /// <summary>Keeps a message at the end.</summary>
    /// <returns>The messages that had to go for it, oldest first.</returns>
    internal IReadOnlyList<AlertMessage> Add(AlertMessage message)
    {
        _messages.Enqueue(message);
        _length += message.Body.Length;
        var dropped = new List<AlertMessage>();
        while (_length > MaxLength)
        {
            dropped.Add(RemoveOldest());
        }

        return dropped;
    }

    /// <summary>Takes the oldest out. There must be one.</summary>
    internal AlertMessage RemoveOldest()
    {
        var message = _messages.Dequeue();
        _length -= message.Body.Length;
        return message;
    }
}
