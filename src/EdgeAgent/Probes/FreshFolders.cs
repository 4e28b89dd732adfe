using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>
/// Whether folders may lie below watched ones that the agent has not listed: memory that it shares with the probes
/// (<c>bpf/include/edge_fresh.h</c>). Thread-safe, after the end, too.
/// </summary>
internal sealed unsafe class FreshFolders : IDisposable
{
    /// <summary>The map that holds it.</summary>
    internal const string Map = ".data.fresh";

    private readonly nuint _size = (nuint)Environment.SystemPageSize;
    private readonly Lock _use = new();
    private Memory* _memory;

    /// <param name="fd">The map, which can be mapped.</param>
    /// <exception cref="LibBpfException">It cannot.</exception>
    internal FreshFolders(int fd)
    {
        _memory = (Memory*)LibC.mmap(null, _size, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, fd, 0);
        if ((nint)_memory == -1)
        {
            throw LibBpfException.FromLastError("mmap", Map);
        }
    }

    /// <summary>0 while all folders are listed; else a number that each new folder below a watched one makes greater.</summary>
    internal ulong Folders
    {
        get
        {
            lock (_use)
            {
                return _memory is null ? 1 : Volatile.Read(ref _memory->Folders);
            }
        }
    }

    /// <summary>Folders that this process made or renamed, as far as probes tell of that.</summary>
    internal ulong Own
    {
        get
        {
            lock (_use)
            {
                return _memory is null ? 0 : Volatile.Read(ref _memory->Own);
            }
        }
    }

    /// <summary>Changes of names and files by this process that one program saw where the kernel asks about them.</summary>
    internal ulong OwnChanges(OwnChange change)
    {
        lock (_use)
        {
            return _memory is null ? 0 : Volatile.Read(ref _memory->OwnChanges[(int)change]);
        }
    }

    /// <summary>As if a folder were new.</summary>
    internal void Add()
    {
        lock (_use)
        {
            if (_memory is not null)
            {
                Interlocked.Increment(ref _memory->Folders);
            }
        }
    }

    /// <summary>All folders are listed that there were when the number was read; nothing happens when others came since.</summary>
    internal void End(ulong folders)
    {
        lock (_use)
        {
            if (_memory is not null)
            {
                Interlocked.CompareExchange(ref _memory->Folders, 0, folders);
            }
        }
    }

    public void Dispose()
    {
        lock (_use)
        {
            _ = _memory is null ? 0 : LibC.munmap((byte*)_memory, _size);
            _memory = null;
        }
    }

    /// <summary>struct edge_fresh.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Memory
    {
        public ulong Folders;
        public ulong Own;
        public fixed ulong OwnChanges[(int)OwnChange.RemoveFolder + 1];
    }
}
