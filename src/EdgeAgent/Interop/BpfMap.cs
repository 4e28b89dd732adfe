using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>One map of a loaded object. Keys and values are blittable structs of exactly the map's sizes.</summary>
/// <param name="name">Name in the object, for messages.</param>
/// <param name="fd">Descriptor, owned by the object.</param>
internal sealed unsafe class BpfMap<TKey, TValue>(string name, int fd)
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>The map's descriptor.</summary>
    internal int Fd => fd;

    /// <summary>Inserts or replaces.</summary>
    internal void Set(TKey key, TValue value)
    {
        if (LibBpf.bpf_map_update_elem(fd, &key, &value, 0) != 0)
        {
            throw LibBpfException.FromLastError("bpf_map_update_elem", name);
        }
    }

    /// <summary>Reads one value.</summary>
    /// <returns>False when the key is absent.</returns>
    internal bool TryGet(TKey key, out TValue value)
    {
        fixed (TValue* target = &value)
        {
            if (LibBpf.bpf_map_lookup_elem(fd, &key, target) == 0)
            {
                return true;
            }
        }

        return Marshal.GetLastPInvokeError() == LibC.ENOENT
            ? false
            : throw LibBpfException.FromLastError("bpf_map_lookup_elem", name);
    }

    /// <summary>Removes a key; absent is fine.</summary>
    internal void Remove(TKey key)
    {
        if (LibBpf.bpf_map_delete_elem(fd, &key) != 0 && Marshal.GetLastPInvokeError() != LibC.ENOENT)
        {
            throw LibBpfException.FromLastError("bpf_map_delete_elem", name);
        }
    }

    /// <summary>The keys that are there now; of a map that others change meanwhile, most of them.</summary>
    /// <param name="most">No more than these are asked for: a key that vanishes has the kernel begin anew.</param>
    internal IReadOnlyCollection<TKey> Keys(int most)
    {
        var keys = new HashSet<TKey>(KeyBytes.Instance);
        TKey key, next;
        for (var more = LibBpf.bpf_map_get_next_key(fd, null, &next) == 0; more && most > 0; most--)
        {
            keys.Add(key = next);
            more = LibBpf.bpf_map_get_next_key(fd, &key, &next) == 0;
        }

        return keys;
    }

    /// <summary>Removes all keys but these.</summary>
    /// <param name="kept">Keys that stay, if they are there.</param>
    /// <param name="most">As for <see cref="Keys"/>.</param>
    internal void RemoveOthers(IEnumerable<TKey> kept, int most)
    {
        var stay = kept.ToHashSet(KeyBytes.Instance);
        foreach (var key in Keys(most))
        {
            if (!stay.Contains(key))
            {
                Remove(key);
            }
        }
    }

    /// <summary>Removes every key.</summary>
    internal void Clear()
    {
        TKey key;
        while (LibBpf.bpf_map_get_next_key(fd, null, &key) == 0)
        {
            Remove(key);
        }
    }

    /// <summary>Keys are equal when their bytes are, as in the kernel.</summary>
    private sealed class KeyBytes : IEqualityComparer<TKey>
    {
        internal static readonly KeyBytes Instance = new();

        public bool Equals(TKey x, TKey y) => Of(in x).SequenceEqual(Of(in y));

        public int GetHashCode(TKey key)
        {
            var hash = default(HashCode);
            hash.AddBytes(Of(in key));
            return hash.ToHashCode();
        }

        private static ReadOnlySpan<byte> Of(in TKey key) => MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
    }
}
