using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Interop;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>What the kernel gave out and lost in each lane, read through shared memory: no system call. One thread only.</summary>
internal sealed unsafe class LaneStates : IDisposable
{
    private readonly nuint _size = (nuint)Environment.SystemPageSize;
    private readonly EdgeLaneState* _states;

    /// <param name="fd">The map, which can be mapped.</param>
    /// <exception cref="LibBpfException">It cannot.</exception>
    internal LaneStates(int fd)
    {
        _states = (EdgeLaneState*)LibC.mmap(null, _size, LibC.PROT_READ, LibC.MAP_SHARED, fd, 0);
        if ((nint)_states == -1)
        {
            throw LibBpfException.FromLastError("mmap", "lane_state");
        }
    }

    /// <summary>The last number given in a lane, and how many of its records found no space.</summary>
    internal (ulong LastSequence, ulong Lost) Of(Lane lane)
    {
        ref var state = ref _states[(int)lane];
        var lost = 0UL;
        foreach (ref readonly var count in (ReadOnlySpan<ulong>)state.Lost)
        {
            lost += Volatile.Read(in count);
        }

        return (Volatile.Read(ref state.NextSequence), lost);
    }

    /// <summary>Writes how many records of each kind found no space in a lane.</summary>
    internal void CopyLost(Lane lane, Span<long> byKind)
    {
        ref var state = ref _states[(int)lane];
        ReadOnlySpan<ulong> lost = state.Lost;
        for (var kind = 0; kind < byKind.Length; kind++)
        {
            byKind[kind] = (long)Volatile.Read(in lost[kind]);
        }
    }

    public void Dispose() => LibC.munmap((byte*)_states, _size);
}
