namespace Detection.Index;

/// <summary>Edges of a trie by state and character class: an open hash table. Reading is thread-safe.</summary>
internal sealed class EdgeTable
{
    private const int Absent = -1;

    private ulong[] _keys = new ulong[16];
    private int[] _targets = new int[16];
    private int _shift = 60;
    private int _count;

    /// <summary>Adds an edge that is not there yet.</summary>
    /// <param name="state">Where it begins; from 0.</param>
    /// <param name="symbol">Its class; from 1, so that no key is 0.</param>
    /// <param name="target">Where it leads.</param>
    public void Add(int state, int symbol, int target)
    {
        if (2 * ++_count > _keys.Length)
        {
            Grow();
        }

        Put(Key(state, symbol), target);
    }

    /// <summary>Where the edge leads; below 0 when there is none.</summary>
    public int Find(int state, int symbol)
    {
        var key = Key(state, symbol);
        var keys = _keys;
        for (var slot = Slot(key); ; slot = (slot + 1) & (keys.Length - 1))
        {
            if (keys[slot] == key)
            {
                return _targets[slot];
            }

            if (keys[slot] == 0)
            {
                return Absent;
            }
        }
    }

    private static ulong Key(int state, int symbol) => ((ulong)(uint)state << 17) | (uint)symbol;

    private int Slot(ulong key) => (int)((key * 0x9E37_79B9_7F4A_7C15) >> _shift);

    private void Put(ulong key, int target)
    {
        var slot = Slot(key);
        while (_keys[slot] != 0)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        _keys[slot] = key;
        _targets[slot] = target;
    }

    private void Grow()
    {
        var (keys, targets) = (_keys, _targets);
        _keys = new ulong[2 * keys.Length];
        _targets = new int[_keys.Length];
        _shift--;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Put(keys[i], targets[i]);
            }
        }
    }
}
