namespace Wire.Codec;

/// <summary>A field as read: its id, and a number or a block. Asked for what it is not, or for more than fits, it notes a fault.</summary>
/// <remarks>One is filled again and again by <see cref="WireReader.ReadField"/>: a new one for each field would mostly be copies of what never changes.</remarks>
internal ref struct WireField(ReadOnlySpan<byte> frame, ref FrameError error, uint id, int offset)
{
    private readonly ReadOnlySpan<byte> _frame = frame;
    private readonly ref FrameError _error = ref error;
    private ulong _number;
    private int _blockStart;
    private int _blockEnd;
    private bool _isBlock;

    /// <summary>Field id; what it means depends on the list.</summary>
    public uint Id { get; private set; } = id;

    /// <summary>Where the field starts in the frame.</summary>
    public int Offset { get; private set; } = offset;

    /// <summary>Becomes a field with a number.</summary>
    public void Become(uint id, int offset, ulong number)
    {
        Id = id;
        Offset = offset;
        _number = number;
        _isBlock = false;
    }

    /// <summary>Becomes a field with the block from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    public void Become(uint id, int offset, int start, int end)
    {
        Id = id;
        Offset = offset;
        _blockStart = start;
        _blockEnd = end;
        _isBlock = true;
    }

    /// <summary>The number, at most <paramref name="max"/>.</summary>
    public readonly ulong Number(ulong max = ulong.MaxValue) => !_isBlock && _number <= max ? _number : NoSuchNumber(max);

    /// <summary>The number as a signed one.</summary>
    public readonly long Signed() => WireReader.UnZigZag(Number());

    /// <summary>The block; an empty one where there is none.</summary>
    public readonly WireReader Block()
    {
        if (_isBlock)
        {
            return new WireReader(_frame, _blockStart, _blockEnd, ref _error);
        }

        Fail("must be a block");
        return new WireReader(_frame, Offset, Offset, ref _error);
    }

    /// <summary>The bytes of the block; none where there is none, and after a fault.</summary>
    public readonly ReadOnlySpan<byte> Bytes()
    {
        if (!_isBlock)
        {
            Fail("must be a block");
        }

        return _error.Kind == FrameErrorKind.None ? _frame[_blockStart.._blockEnd] : [];
    }

    /// <summary>Notes a fault of this field.</summary>
    public readonly void Fail(string message, FrameErrorKind kind = FrameErrorKind.Malformed) =>
        new WireReader(_frame, Offset, Offset, ref _error).Fail(Offset, $"field {Id} {message}", kind);

    // What words are made for faults stands apart: it would keep the callers from being inlined.
    private readonly ulong NoSuchNumber(ulong max)
    {
        Fail(_isBlock ? "must be a number" : $"holds {_number}, more than {max}");
        return 0;
    }
}
