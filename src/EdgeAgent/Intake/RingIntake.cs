using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using Wire.Model;

namespace EdgeAgent.Intake;

/// <summary>First stage: waits for records and takes them from both lanes in the order of kernel time. One thread only.</summary>
internal sealed unsafe class RingIntake : IDisposable
{
    private readonly RingReader _high;
    private readonly RingReader _bulk;
    private readonly int _epoll;
    private readonly RingMerge _merge;

    internal RingIntake(RingReader high, RingReader bulk)
    {
        _high = high;
        _bulk = bulk;
        _merge = new RingMerge(high, bulk);
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
    internal bool TryTake(out ReadOnlySpan<byte> record) => _merge.TryTake(out record);

    /// <summary>True when every number that the lane had given out at the last look is in records that were taken, or lost.</summary>
    internal bool IsDrained(Lane lane) => Ring(lane).IsDrained;

    /// <summary>A lane's ring.</summary>
    internal RingReader Ring(Lane lane) => lane == Lane.High ? _high : _bulk;

    public void Dispose()
    {
        _ = LibC.close(_epoll);
        _high.Dispose();
        _bulk.Dispose();
    }

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
