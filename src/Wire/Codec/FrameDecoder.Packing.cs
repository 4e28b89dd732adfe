using System.Buffers;
using System.IO.Compression;

namespace Wire.Codec;

/// <content>Packed fields.</content>
public sealed partial class FrameDecoder
{
    // Reads the fields inside the block; returns the id of the last one. Where a fault inside them stands is told by its message: its offset
    // is that of the block, for a byte of the frame it has not.
    private uint ReadPacked(ref WireReader frame, Header header)
    {
        var start = frame.Position;
        var length = frame.ReadVarint();
        if (length > FrameFormat.MaxFrameBytes)
        {
            frame.Fail(start, $"fields of {length} bytes when unpacked, more than {FrameFormat.MaxFrameBytes}", FrameErrorKind.TooLarge);
        }

        start = frame.Position;
        var packed = frame.ReadBlock().ReadRest();
        if (frame.Failed)
        {
            return 0;
        }

        // Not longer than what it may be; Brotli stops at the end of it.
        var unpacked = ArrayPool<byte>.Shared.Rent((int)length);
        var last = 0u;
        if (!TryUnpack(packed, unpacked.AsSpan(0, (int)length)))
        {
            frame.Fail(start, $"the packed fields are not {length} bytes in Brotli with a window of 2^{FrameFormat.MaxPackedWindowBits} bytes at most");
        }
        else
        {
            var fault = default(FrameError);
            last = ReadFields(new WireReader(unpacked, 0, (int)length, ref fault), header, 0);
            if (fault.Kind != FrameErrorKind.None)
            {
                frame.Fail(start, $"{fault.Message} (byte {fault.Offset} of the unpacked fields)", fault.Kind);
            }
        }

        ArrayPool<byte>.Shared.Return(unpacked);
        return last;
    }

    // True when `packed` is one whole stream, nothing after it, of just as many bytes as `unpacked` has.
    private static bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (packed.IsEmpty || WindowBits(packed[0]) > FrameFormat.MaxPackedWindowBits)
        {
            return false;
        }

        var brotli = default(BrotliDecoder);
        try
        {
            return brotli.Decompress(packed, unpacked, out var read, out var written) == OperationStatus.Done
                && read == packed.Length && written == unpacked.Length;
        }
        finally
        {
            brotli.Dispose();
        }
    }

    // RFC 7932, 9.1: a stream begins with the size of its window, the memory that unpacking takes.
    private static int WindowBits(byte first) => (first & 1) == 0 ? 16
        : (first & 0b1110) != 0 ? 17 + ((first >> 1) & 7)
        : (first & 0b111_0000) switch { 0 => 17, 0b1_0000 => int.MaxValue, _ => 8 + ((first >> 4) & 7) };
}
