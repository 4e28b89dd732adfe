using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>One map of a loaded object. Keys and values are blittable structs of exactly the map's sizes.</summary>
/// <param name="name">Name in the object, for messages.</param>
/// <param name="fd">Descriptor, owned by the object.</param>
internal sealed unsafe class BpfMap<TKey, TValue>(string name, int fd)
    where TKey : unmanaged
    where TValue : unmanaged
{
    // A key that was removed meanwhile makes the kernel begin anew.
    private const int MostKeys = 1 << 20;

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

    /// <summary>All keys; while others change the map some may be missing or come twice.</summary>
    internal IReadOnlyList<TKey> Keys()
    {
        var keys = new List<TKey>();
        TKey key;
        for (var more = LibBpf.bpf_map_get_next_key(fd, null, &key); more == 0 && keys.Count < MostKeys;)
        {
            keys.Add(key);
            var before = key;
            more = LibBpf.bpf_map_get_next_key(fd, &before, &key);
        }

        return keys;
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
}
