using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Intake;

/// <summary>
/// Reads a BPF ring buffer through shared memory: the record is a span into the ring until <see cref="Advance"/>.
/// </summary>
/// <remarks>
/// Layout: <c>kernel/bpf/ringbuf.c</c>. One page with our position, one page with the kernel's, then the data, which the kernel offers twice
/// in a row so that no record wraps. It is mapped once: all of a mapping counts as memory of the agent, and putting one wrapped record
/// together a lap costs nothing. Each record has an 8-byte header: length with a busy and a discard bit. One thread only.
/// </remarks>
internal sealed unsafe class RingReader : IDisposable
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const int HeaderSize = 8;

    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly nuint _size;
    private readonly byte* _consumer;
    private readonly byte* _producer;
    private readonly byte* _data;
    private readonly bool _holds;
    private ulong _position;
    private byte[] _wrapped = [];

    /// <param name="fd">The ring's map.</param>
    /// <param name="size">Its size in bytes, a power of two.</param>
    /// <param name="holds">Whether what was read keeps its space until <see cref="Release"/>.</param>
    internal RingReader(int fd, uint size, bool holds = false)
    {
        Fd = fd;
        _holds = holds;
        _size = size;
        _consumer = LibC.mmap(null, _page, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_SHARED, fd, 0);
        _producer = LibC.mmap(null, _page + _size, LibC.PROT_READ, LibC.MAP_SHARED, fd, (nint)_page);
        if ((nint)_consumer == -1 || (nint)_producer == -1)
        {
            throw new InvalidOperationException(
                $"cannot map the ring buffer: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }

        _data = _producer + _page;
        _position = Volatile.Read(ref *(ulong*)_consumer);
    }

    /// <summary>The ring's descriptor, for epoll.</summary>
    internal int Fd { get; }

    /// <summary>True when the kernel has no more space handed out than was read: not even a record that is still being written is left.</summary>
    internal bool IsDrained => _position >= Volatile.Read(ref *(ulong*)_producer);

    /// <summary>The next finished record, if there is one. The span is valid until <see cref="Advance"/>.</summary>
    internal bool TryPeek(out ReadOnlySpan<byte> record)
    {
        while (_position < Volatile.Read(ref *(ulong*)_producer))
        {
            var header = _data + (nuint)(_position & (_size - 1));
            var length = Volatile.Read(ref *(uint*)header);
            if ((length & Busy) != 0)
            {
                break;
            }

            if ((length & Discarded) == 0)
            {
                record = RecordAt(header + HeaderSize, length);
                return true;
            }

            Skip(length & ~Discarded);
        }

        record = default;
        return false;
    }

    /// <summary>Its size in bytes.</summary>
    internal ulong Size => _size;

    /// <summary>How far was read, in bytes since the ring was made.</summary>
    internal ulong Position => _position;

    /// <summary>Gives the space before a position that was read back to the kernel, in a ring that holds.</summary>
    internal void Release(ulong position) => Volatile.Write(ref *(ulong*)_consumer, position);

    /// <summary>Goes on behind the record that <see cref="TryPeek"/> showed; gives its space back to the kernel, unless the ring holds.</summary>
    internal void Advance()
    {
        var header = _data + (nuint)(_position & (_size - 1));
        Skip(*(uint*)header & ~(Busy | Discarded));
    }

    private ReadOnlySpan<byte> RecordAt(byte* start, uint length)
    {
        var room = (nuint)(_data + _size - start);
        if (length <= room)
        {
            return new ReadOnlySpan<byte>(start, (int)length);
        }

        if (_wrapped.Length < length)
        {
            _wrapped = new byte[length];
        }

        new ReadOnlySpan<byte>(start, (int)room).CopyTo(_wrapped);
        new ReadOnlySpan<byte>(_data, (int)(length - room)).CopyTo(_wrapped.AsSpan((int)room));
        return _wrapped.AsSpan(0, (int)length);
    }

    private void Skip(uint length)
    {
        _position += (length + HeaderSize + 7) & ~7UL;
        if (!_holds)
        {
            Release(_position);
        }
    }

    public void Dispose()
    {
        LibC.munmap(_consumer, _page);
        LibC.munmap(_producer, _page + _size);
    }
}
