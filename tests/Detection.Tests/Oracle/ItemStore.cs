using Detection.Findings;

namespace Detection.Tests.Oracle;

/// <summary>Items with versions and outboxes, as a table holds them.</summary>
internal sealed class ItemStore
{
    private readonly Dictionary<string, (long Version, byte[] State)> _items = [];

    /// <summary>What the outboxes hold, in the order of the writes.</summary>
    public List<Incident> Outbox { get; } = [];

    /// <summary>Names of the items.</summary>
    public IEnumerable<string> Names => _items.Keys;

    /// <summary>An item; version 0 and null when it is not there.</summary>
    public (long Version, byte[]? State) Read(string name) => _items.TryGetValue(name, out var item) ? item : (0, null);

    /// <summary>Writes an item with what it adds to its outbox.</summary>
    /// <returns>False when it has another version.</returns>
    public bool TryWrite(string name, long version, byte[] state, IEnumerable<Incident> incidents)
    {
        if (Read(name).Version != version)
        {
            return false;
        }

        _items[name] = (version + 1, state);
        Outbox.AddRange(incidents);
        return true;
    }
}
