using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// Until when one lane is complete in the frames that have left. Looks at two statements of the kernel only, the newest one and one that is
/// waited for: in a flood the newest is always ahead of what has left. One thread only.
/// </summary>
internal sealed class ProgressMarks(LaneProgress start)
{
    private ulong _sent = start.Last;
    private LaneProgress? _newest;
    private LaneProgress? _awaited;

    /// <summary>The newest statement whose numbers are all in frames.</summary>
    internal LaneProgress Reached { get; private set; } = start;

    /// <summary>The kernel's newest statement. One that lies behind what has left cannot be true: the numbers could not be read.</summary>
    internal void Add(LaneProgress mark)
    {
        if (mark.Last >= _sent)
        {
            _newest = mark;
            Move();
        }
    }

    /// <summary>All numbers up to this one are in frames.</summary>
    internal void Sent(ulong last)
    {
        _sent = last;
        Move();
    }

    private void Move()
    {
        if (_newest is { } newest && newest.Last <= _sent)
        {
            Reached = newest;
            _awaited = null;
            return;
        }

        if (_awaited is { } awaited && awaited.Last <= _sent)
        {
            Reached = awaited;
            _awaited = null;
        }

        _awaited ??= _newest;
    }
}
