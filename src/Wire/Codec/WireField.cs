namespace Wire.Codec;

/// <summary>A field as read: its id, and a number or a block. Asked for what it is not, or for more than fits, it notes a fault.</summary>
internal readonly ref struct WireField(uint id, int offset, ulong number, bool isBlock, WireReader block)
{
    private readonly WireReader _block = block;

    /// <summary>Field id; what it means depends on the list.</summary>
    public uint Id { get; } = id;

    /// <summary>Where the field starts in the frame.</summary>
    public int Offset { get; } = offset;

    /// <summary>The number, at most <paramref name="max"/>.</summary>
    public ulong Number(ulong max = ulong.MaxValue) => !isBlock && number <= max ? number : NoSuchNumber(max);

    /// <summary>The number as a signed one.</summary>
    public long Signed() => WireReader.UnZigZag(Number());

    /// <summary>The block.</summary>
    public WireReader Block()
    {
        if (!isBlock)
        {
            Fail("must be a block");
        }

        return _block;
    }

    /// <summary>The bytes of the block.</summary>
    public ReadOnlySpan<byte> Bytes() => Block().ReadRest();

    /// <summary>Notes a fault of this field.</summary>
    public void Fail(string message, FrameErrorKind kind = FrameErrorKind.Malformed) => _block.Fail(Offset, $"field {Id} {message}", kind);

    // What words are made for faults stands apart: it would keep the callers from being inlined.
    private ulong NoSuchNumber(ulong max)
    {
        Fail(isBlock ? "must be a number" : $"holds {number}, more than {max}");
        return 0;
    }
}
