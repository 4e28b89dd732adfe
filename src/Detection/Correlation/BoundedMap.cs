using System.Diagnostics.CodeAnalysis;

namespace Detection.Correlation;

/// <summary>A map that pushes out the least recently touched entry when it is full. Not thread-safe.</summary>
internal sealed class BoundedMap<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _byTouch = new();

    /// <summary>Number of entries.</summary>
    public int Count => _nodes.Count;

    /// <summary>Looks an entry up without touching it.</summary>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _nodes.TryGetValue(key, out var node);
        value = found ? node!.Value.Value : default;
        return found;
    }

    /// <summary>Looks an entry up, or adds it, and makes it the most recently touched.</summary>
    public TValue Touch(TKey key, Func<TValue> create)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _byTouch.Remove(node);
        }
        else
        {
            node = new(new(key, create()));
            _nodes.Add(key, node);
        }

        _byTouch.AddLast(node);
        return node.Value.Value;
    }

    /// <summary>Removes the least recently touched entry. There must be one.</summary>
    public TValue RemoveOldest()
    {
        var (key, value) = _byTouch.First!.Value;
        _byTouch.RemoveFirst();
        _nodes.Remove(key);
        return value;
    }
}
