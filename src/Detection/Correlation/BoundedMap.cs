using System.Diagnostics.CodeAnalysis;

namespace Detection.Correlation;

/// <summary>A map that knows which entry was touched least recently. Not thread-safe.</summary>
internal sealed class BoundedMap<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = new(comparer);
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _byTouch = new();

    /// <summary>Number of entries.</summary>
    public int Count => _nodes.Count;

    /// <summary>All entries, least recently touched first. May not be changed meanwhile.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> Entries => _byTouch;

    /// <summary>Goes through <see cref="Entries"/> without allocating.</summary>
    public LinkedList<KeyValuePair<TKey, TValue>>.Enumerator GetEnumerator() => _byTouch.GetEnumerator();

    /// <summary>The least recently touched entry. There must be one.</summary>
    public KeyValuePair<TKey, TValue> Oldest => _byTouch.First!.Value;

    /// <summary>Looks an entry up without touching it.</summary>
    public bool TryPeek(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _nodes.TryGetValue(key, out var node);
        value = found ? node!.Value.Value : default;
        return found;
    }

    /// <summary>Looks an entry up by another form of its key, which the comparer must know; does not touch it.</summary>
    public TValue? Peek<TOther>(TOther key)
        where TOther : notnull, allows ref struct =>
        _nodes.GetAlternateLookup<TOther>().TryGetValue(key, out var node) ? node.Value.Value : default;

    /// <summary>Looks an entry up and makes it the most recently touched.</summary>
    public bool TryTouch(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        if (node != _byTouch.Last)
        {
            _byTouch.Remove(node);
            _byTouch.AddLast(node);
        }

        value = node.Value.Value;
        return true;
    }

    /// <summary>Adds an entry that is not there; now the most recently touched.</summary>
    /// <returns>The value.</returns>
    public TValue Add(TKey key, TValue value)
    {
        _nodes.Add(key, _byTouch.AddLast(new KeyValuePair<TKey, TValue>(key, value)));
        return value;
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
