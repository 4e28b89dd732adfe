using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Tests.Fakes;

/// <summary>
/// Shared memory laid out as a BPF ring buffer, written as the kernel writes one. What the kernel maps twice is written twice here.
/// One thread may write while another reads.
/// </summary>
internal sealed unsafe partial class FakeRing : IDisposable
{
    internal const uint Busy = 1u << 31;
    internal const uint Discarded = 1u << 30;

    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly byte* _all;
    private readonly nuint _length;

    internal FakeRing(uint size = 65536)
    {
        Size = size;
        Fd = memfd_create("ring", 0);
        _length = (2 * _page) + (2 * size);
        Assert.True(Fd >= 0 && ftruncate(Fd, (nint)_length) == 0, Marshal.GetLastPInvokeErrorMessage());
        _all = LibC.mmap(null, _length, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, Fd, 0);
    }

    internal int Fd { get; }

    internal uint Size { get; }

    /// <summary>How far the reader has given space back.</summary>
    internal ulong Consumed => Volatile.Read(ref *(ulong*)_all);

    /// <summary>How far space was handed out.</summary>
    internal ulong Produced
    {
        get => Volatile.Read(ref *(ulong*)(_all + _page));
        private set => Volatile.Write(ref *(ulong*)(_all + _page), value);
    }

    /// <summary>Starts both positions elsewhere, as in a ring that was in use for long.</summary>
    internal void StartAt(ulong position)
    {
        Volatile.Write(ref *(ulong*)_all, position);
        Produced = position;
    }

    /// <summary>Takes space, as bpf_ringbuf_reserve; null when there is none.</summary>
    internal ulong? Reserve(int length)
    {
        var taken = ((ulong)length + 8 + 7) & ~7UL;
        var position = Produced;
        if (position + taken - Consumed > Size - 1)
        {
            return null;
        }

        SetHeader(position, (uint)length | Busy);
        Produced = position + taken;
        return position;
    }

    /// <summary>Finishes a record, as bpf_ringbuf_submit, or with <see cref="Discarded"/> as bpf_ringbuf_discard.</summary>
    internal void Commit(ulong position, ReadOnlySpan<byte> record, uint flag = 0)
    {
        for (var i = 0; i < record.Length; i++)
        {
            Put(position + 8 + (ulong)i, record[i]);
        }

        SetHeader(position, (uint)record.Length | flag);
    }

    /// <summary>Writes a whole record; false when there is no space.</summary>
    internal bool Write(ReadOnlySpan<byte> record)
    {
        if (Reserve(record.Length) is not { } position)
        {
            return false;
        }

        Commit(position, record);
        return true;
    }

    public void Dispose()
    {
        LibC.munmap(_all, _length);
        _ = LibC.close(Fd);
    }

    private void SetHeader(ulong position, uint value)
    {
        var offset = (nuint)(position & (Size - 1));
        var data = _all + (2 * _page);
        Volatile.Write(ref *(uint*)(data + offset + Size), value);
        Volatile.Write(ref *(uint*)(data + offset), value);
    }

    private void Put(ulong position, byte value)
    {
        var offset = (nuint)(position & (Size - 1));
        var data = _all + (2 * _page);
        data[offset] = value;
        data[offset + Size] = value;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ftruncate(int fd, nint length);
}
