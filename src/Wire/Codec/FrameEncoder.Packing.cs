using System.IO.Compression;

namespace Wire.Codec;

/// <content>Packing: all fields as one block of Brotli, where that saves enough.</content>
public sealed partial class FrameEncoder
{
    // docs/decisions/0019-frame-size-and-speed.md says what these were measured against.
    private const int LeastPackedBytes = 256;
    private const int LeastSavedOneIn = 8;

    // Few fields are packed well: a host has few frames of them in a second. Many are packed fast.
    private const int MostWellPackedBytes = 4096;
    private const int WellPackedQuality = 5;
    private const int WellPackedWindowBits = 16;
    private const int FastQuality = 1;

    private byte[] _packed = [];
    private int _packedLength;

    // Packs the fields, or leaves them; returns the size of the frame, which was `size` before.
    private int Pack(int size)
    {
        _packedLength = 0;
        if (!packs || size == 0 || _fields.Length < LeastPackedBytes)
        {
            return size;
        }

        var room = _fields.Length - (_fields.Length / LeastSavedOneIn);
        if (_packed.Length < room)
        {
            _packed = new byte[Math.Max(room, 2 * _packed.Length)];
        }

        var (quality, window) = _fields.Length <= MostWellPackedBytes ? (WellPackedQuality, WellPackedWindowBits) : (FastQuality, FrameFormat.PackedWindowBits);
        if (!BrotliEncoder.TryCompress(_fields.Written, _packed.AsSpan(0, room), out _packedLength, quality, window))
        {
            _packedLength = 0;
            return size;
        }

        _count.Clear();
        _count.WriteVarint((ulong)_fields.Length);
        _count.WriteVarint((ulong)_packedLength);
        return size - _fields.Length + _count.Length + _packedLength;
    }

    // The reverse of FrameDecoder.ReadPacked.
    private void AssemblePacked(Span<byte> fields)
    {
        _count.Written.CopyTo(fields);
        _packed.AsSpan(0, _packedLength).CopyTo(fields[_count.Length..]);
    }
}
