namespace Wire.Codec;

/// <summary>Why and where bytes are not a frame.</summary>
/// <param name="Kind">Kind, for counting.</param>
/// <param name="Offset">Byte offset at which decoding stopped.</param>
/// <param name="Message">For people.</param>
public readonly record struct FrameError(FrameErrorKind Kind, int Offset, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} at byte {Offset}: {Message}";
}
