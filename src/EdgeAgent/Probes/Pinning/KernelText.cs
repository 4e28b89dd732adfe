using System.Text;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes.Pinning;

/// <summary>A text that the kernel keeps: the one value of a map. A BPF file system holds nothing else.</summary>
/// <param name="fd">The map's descriptor; closed when disposed.</param>
internal sealed unsafe class KernelText(int fd) : IDisposable
{
    private const int Size = 32 * 1024;

    /// <summary>The map's descriptor.</summary>
    internal int Fd => fd;

    /// <exception cref="LibBpfException">The kernel refuses.</exception>
    /// <exception cref="ProbeException">The text is too long.</exception>
    internal static KernelText Create(string name, string text)
    {
        var bytes = new byte[Size];
        if (!Encoding.UTF8.TryGetBytes(text, bytes, out _))
        {
            throw new ProbeException($"pins: the account of what is pinned is longer than {Size} bytes");
        }

        var fd = LibBpf.bpf_map_create(LibBpf.BPF_MAP_TYPE_ARRAY, name, sizeof(uint), Size, 1, null);
        if (fd < 0)
        {
            throw LibBpfException.FromLastError("bpf_map_create", name);
        }

        var made = new KernelText(fd);
        var key = 0u;
        fixed (byte* value = bytes)
        {
            if (LibBpf.bpf_map_update_elem(fd, &key, value, 0) != 0)
            {
                made.Dispose();
                throw LibBpfException.FromLastError("bpf_map_update_elem", name);
            }
        }

        return made;
    }

    /// <exception cref="LibBpfException">The map is not one of these.</exception>
    internal string Read()
    {
        var bytes = new byte[Size];
        var key = 0u;
        fixed (byte* value = bytes)
        {
            if (LibBpf.bpf_map_lookup_elem(fd, &key, value) != 0)
            {
                throw LibBpfException.FromLastError("bpf_map_lookup_elem", "account");
            }
        }

        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }

    public void Dispose() => LibC.close(fd);
}
