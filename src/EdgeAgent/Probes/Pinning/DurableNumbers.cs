using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Wire.Model;

namespace EdgeAgent.Probes.Pinning;

/// <summary>
/// By lane, up to which number everything is kept outside the kernel's rings: where the next agent goes on. The kernel holds it in a map of the
/// agent's own, which is written through shared memory, before the space in the ring is given back. One thread only.
/// </summary>
internal sealed unsafe class DurableNumbers : IDisposable
{
    /// <summary>The map's name among the others.</summary>
    internal const string MapName = "agent_durable";

    private static readonly int Lanes = Enum.GetValues<Lane>().Length;
    private readonly nuint _size = (nuint)Environment.SystemPageSize;
    private readonly Value* _lanes;

    /// <param name="fd">The map.</param>
    /// <exception cref="LibBpfException">It cannot be mapped.</exception>
    internal DurableNumbers(int fd)
    {
        _lanes = (Value*)LibC.mmap(null, _size, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, fd, 0);
        if ((nint)_lanes == -1)
        {
            throw LibBpfException.FromLastError("mmap", MapName);
        }
    }

    /// <summary>Of a lane. Written in two steps: an agent that dies in between leaves numbers that were sent and not yet settled, which is as true.</summary>
    internal LaneNumbers this[Lane lane]
    {
        get => new(Volatile.Read(ref _lanes[(int)lane].Sent), Math.Max(Volatile.Read(ref _lanes[(int)lane].Sent), Volatile.Read(ref _lanes[(int)lane].Settled)));
        set
        {
            Volatile.Write(ref _lanes[(int)lane].Sent, value.Sent);
            Volatile.Write(ref _lanes[(int)lane].Settled, value.Settled);
        }
    }

    /// <summary>Makes the map, with all numbers 0.</summary>
    /// <exception cref="LibBpfException">The kernel refuses.</exception>
    internal static MapHandle Create()
    {
        var options = new LibBpf.MapCreateOptions { Size = (nuint)sizeof(LibBpf.MapCreateOptions), Flags = LibBpf.BPF_F_MMAPABLE };
        var fd = LibBpf.bpf_map_create(LibBpf.BPF_MAP_TYPE_ARRAY, MapName, sizeof(uint), (uint)sizeof(Value), (uint)Lanes, &options);
        return fd >= 0 ? new MapHandle(fd, (uint)Lanes) : throw LibBpfException.FromLastError("bpf_map_create", MapName);
    }

    public void Dispose() => LibC.munmap((byte*)_lanes, _size);

    [StructLayout(LayoutKind.Sequential)]
    private struct Value
    {
        public ulong Sent;
        public ulong Settled;
    }
}
