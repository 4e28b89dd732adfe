using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Intake;

/// <summary>First stage: takes records from both lanes, merged by kernel time.</summary>
/// <remarks>
/// The high lane is looked at first. What caused its record (the fork of its process, in the bulk lane) was committed before it and
/// is therefore visible when the bulk lane is looked at next, and has the earlier stamp. One thread only.
/// </remarks>
internal sealed unsafe class RingIntake : IDisposable
{
    private readonly RingReader _high;
    private readonly RingReader _bulk;
    private readonly int _epoll;
    private RingReader? _current;

    internal RingIntake(RingReader high, RingReader bulk)
    {
        _high = high;
        _bulk = bulk;
        _epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
        Register(high);
        Register(bulk);
    }

    /// <summary>Sleeps until the kernel signals a record or the time is over; either way there may be records.</summary>
    /// <param name="milliseconds">Longest sleep.</param>
    internal void Wait(int milliseconds)
    {
        // Room for two events of 16 bytes. Edge-triggered: level-triggered epoll returns at once while any data is there.
        var events = stackalloc byte[32];
        if (LibC.epoll_wait(_epoll, events, 2, milliseconds) < 0 && Marshal.GetLastPInvokeError() != LibC.EINTR)
        {
            throw new InvalidOperationException($"epoll_wait: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The oldest finished record of both lanes. The span is valid until the next call, which releases it.</summary>
    internal bool TryTake(out ReadOnlySpan<byte> record)
    {
        _current?.Advance();
        _current = null;
        var hasHigh = _high.TryPeek(out var high);
        var hasBulk = _bulk.TryPeek(out var bulk);
        if (!hasHigh && !hasBulk)
        {
            record = default;
            return false;
        }

        var takeHigh = hasHigh && (!hasBulk || BootNs(high) < BootNs(bulk));
        _current = takeHigh ? _high : _bulk;
        record = takeHigh ? high : bulk;
        return true;
    }

    public void Dispose()
    {
        _ = LibC.close(_epoll);
        _high.Dispose();
        _bulk.Dispose();
    }

    private static ulong BootNs(ReadOnlySpan<byte> record) =>
        record.Length < Unsafe.SizeOf<EdgeHeader>() ? 0 : MemoryMarshal.Read<EdgeHeader>(record).BootNs;

    private void Register(RingReader ring)
    {
        // struct epoll_event: packed on x86-64, naturally aligned elsewhere.
        var packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        var request = stackalloc byte[16];
        *(uint*)request = LibC.EPOLLIN | LibC.EPOLLET;
        *(long*)(request + (packed ? 4 : 8)) = ring.Fd;
        if (LibC.epoll_ctl(_epoll, LibC.EPOLL_CTL_ADD, ring.Fd, request) != 0)
        {
            throw new InvalidOperationException($"epoll_ctl: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
