using System.Diagnostics.CodeAnalysis;

namespace Detection.Correlation;

/// <summary>A map that knows which entry was touched least recently. Not thread-safe.</summary>
internal sealed class BoundedMap<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _byTouch = new();

    /// <summary>Number of entries.</summary>
    public int Count => _nodes.Count;

    /// <summary>All entries, least recently touched first. May not be changed meanwhile.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => _byTouch;

    /// <summary>The least recently touched entry. There must be one.</summary>
    public KeyValuePair<TKey, TValue> Oldest => _byTouch.First!.Value;

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
            if (node != _byTouch.Last)
            {
                _byTouch.Remove(node);
                _byTouch.AddLast(node);
            }
        }
        else
        {
            node = _byTouch.AddLast(new KeyValuePair<TKey, TValue>(key, create()));
            _nodes.Add(key, node);
        }

        return node.Value.Value;
    }

    /// <summary>Removes an entry, if it is there.</summary>
    public void Remove(TKey key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _byTouch.Remove(node);
        }
    }
}
