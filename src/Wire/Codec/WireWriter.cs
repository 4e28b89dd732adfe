using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Wire.Text;

namespace Wire.Codec;

/// <summary>Growing bytes with the format's primitives; <see cref="WireReader"/> reads each back.</summary>
/// <remarks>Not thread-safe. Meant to be reused: <see cref="Clear"/> keeps the memory.</remarks>
internal sealed class WireWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>
    /// Base-128, low group first, the high bit of a byte says that more follow:
    /// below 2^7 one byte, below 2^14 two … from 2^63 ten.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVarint(ulong value)
    {
        var (bytes, length) = (_bytes, Length);
        if (value < 0x80 && (uint)length < (uint)bytes.Length)
        {
            bytes[length] = (byte)value;
            Length = length + 1;
        }
        else
        {
            WriteLongVarint(value);
        }
    }

    /// <summary>A varint of 0, -1, 1, -2 … as 0, 1, 2, 3 …: small magnitudes stay short.</summary>
    public void WriteSigned(long value) => WriteVarint(ZigZag(value));

    /// <summary>Bytes without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Length, then bytes.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>Begins a block that is written where it stands, without a copy; <see cref="EndBlock"/> then says how long it has become.</summary>
    /// <returns>Where the block starts.</returns>
    public int BeginBlock()
    {
        WriteVarint(0);
        return Length;
    }

    /// <summary>Ends the block that starts at <paramref name="start"/>.</summary>
    public void EndBlock(int start)
    {
        var length = Length - start;
        if (length < 0x80)
        {
            _bytes[start - 1] = (byte)length;
        }
        else
        {
            EndLongBlock(start, length);
        }
    }

    /// <summary>Length, then the bytes that <paramref name="text"/> stands for.</summary>
    public void WriteText(string text)
    {
        var max = KernelString.GetMaxByteCount(text);
        Reserve(max + 10);
        var count = KernelString.GetBytes(text, _bytes.AsSpan(Length + 5));
        var from = Length + 5;
        WriteVarint((ulong)count);
        _bytes.AsSpan(from, count).CopyTo(_bytes.AsSpan(Length));
        Length += count;
    }

    /// <summary>The bytes that <paramref name="text"/> stands for, without a length.</summary>
    public void WriteRawText(string text)
    {
        Reserve(KernelString.GetMaxByteCount(text));
        Length += KernelString.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>A field with a number: id × 2, then the number.</summary>
    public void WriteField(uint id, ulong value)
    {
        var (bytes, length) = (_bytes, Length);
        if (id < 0x40 && value < 0x80 && length < bytes.Length - 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(length), (ushort)((id << 1) | ((uint)value << 8)));
            Length = length + 2;
        }
        else
        {
            WriteVarint(id << 1);
            WriteVarint(value);
        }
    }

    /// <summary>A field with a number, left out when it is what the reader takes for absent.</summary>
    public void WriteFieldUnless(ulong absent, uint id, ulong value)
    {
        if (value != absent)
        {
            WriteField(id, value);
        }
    }

    /// <summary>A field with a signed number, left out when 0.</summary>
    public void WriteSignedUnlessZero(uint id, long value) => WriteFieldUnless(0, id, ZigZag(value));

    /// <summary>A field with a block: id × 2 + 1, then the block.</summary>
    public void WriteField(uint id, ReadOnlySpan<byte> block)
    {
        WriteVarint((id << 1) | 1);
        WriteBlock(block);
    }

    /// <summary>A field with text, left out when it is what the reader takes for absent.</summary>
    public void WriteTextUnless(ReadOnlySpan<char> absent, uint id, string text)
    {
        if (!absent.SequenceEqual(text))
        {
            WriteVarint((id << 1) | 1);
            WriteText(text);
        }
    }

    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void WriteLongVarint(ulong value)
    {
        Reserve(10);
        var bytes = _bytes.AsSpan(Length);
        var length = 0;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
        Length += length;
    }

    // The block makes room for what its length has more than one byte.
    private void EndLongBlock(int start, int length)
    {
        var more = BitOperations.Log2((uint)length) / 7;
        Reserve(more);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start + more));
        Length = start - 1;
        WriteLongVarint((ulong)length);
        Length += length;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
