using System.Runtime.CompilerServices;

namespace Wire.Codec;

/// <summary>
/// Reads what <see cref="WireWriter"/> writes, within bounds. The first fault is kept in the error cell that all readers of one
/// frame share; from then on everything reads as 0 or empty and <see cref="Failed"/> is true. Never throws.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _frame;
    private readonly int _end;
    private readonly ref FrameError _error;
    private int _position;

    /// <summary>
    /// Reads <paramref name="frame"/> from <paramref name="start"/> to before <paramref name="end"/>; offsets in errors count from
    /// the frame's first byte.
    /// </summary>
    public WireReader(ReadOnlySpan<byte> frame, int start, int end, ref FrameError error)
    {
        _frame = frame;
        _position = start;
        _end = end;
        _error = ref error;
    }

    public readonly bool Failed => _error.Kind != FrameErrorKind.None;

    /// <summary>True when nothing is left, or after a fault.</summary>
    public readonly bool AtEnd => Failed || _position == _end;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _end - _position;

    /// <summary>Where the next byte stands in the frame.</summary>
    public readonly int Position => _position;

    /// <summary>Notes a fault at <paramref name="offset"/>, unless there was one before.</summary>
    public readonly void Fail(int offset, string message, FrameErrorKind kind = FrameErrorKind.Malformed)
    {
        if (!Failed)
        {
            _error = new FrameError(kind, offset, message);
        }
    }

    /// <summary>A number; only its shortest form is accepted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        var position = _position;
        if (position < _end && _frame[position] is < 0x80 and var single && !Failed)
        {
            _position = position + 1;
            return single;
        }

        return ReadLongVarint();
    }

    /// <summary>A number of at most <paramref name="max"/>.</summary>
    public ulong ReadVarint(ulong max, string what)
    {
        var start = _position;
        var value = ReadVarint();
        return value <= max ? value : TooMuch(start, value, max, what);
    }

    /// <summary>A signed number.</summary>
    public long ReadSigned() => UnZigZag(ReadVarint());

    /// <summary>A number of entries, believed only if that many of at least <paramref name="minBytes"/> each can follow.</summary>
    public int ReadCount(int max, int minBytes, string what)
    {
        var start = _position;
        var count = ReadVarint();
        if (count > (ulong)max)
        {
            Fail(start, $"{count} {what}, more than the {max} a frame may have", FrameErrorKind.TooLarge);
            return 0;
        }

        if (count > (ulong)(Remaining / minBytes))
        {
            Fail(start, $"{count} {what} cannot stand in {Remaining} bytes");
            return 0;
        }

        return (int)count;
    }

    /// <summary>Length and bytes, as a reader of just these bytes.</summary>
    public WireReader ReadBlock()
    {
        var length = CheckLength(ReadVarint());
        var block = new WireReader(_frame, _position, _position + length, ref _error);
        _position += length;
        return block;
    }

    /// <summary><paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(ulong count)
    {
        var length = CheckLength(count);
        var bytes = _frame.Slice(_position, length);
        _position += length;
        return bytes;
    }

    /// <summary>All bytes left.</summary>
    public ReadOnlySpan<byte> ReadRest()
    {
        var rest = Failed ? [] : _frame[_position.._end];
        _position = _end;
        return rest;
    }

    /// <summary>The next field of a list of fields whose last one was <paramref name="field"/>; false at the end and after a fault.</summary>
    public bool ReadField(ref WireField field)
    {
        if (AtEnd)
        {
            return false;
        }

        var start = _position;
        var key = ReadVarint();
        var id = (uint)(key >> 1);
        if (key > uint.MaxValue || id <= field.Id)
        {
            return NoSuchField(start, key, field.Id);
        }

        if ((key & 1) == 0)
        {
            field.Become(id, start, ReadVarint());
        }
        else
        {
            var length = CheckLength(ReadVarint());
            field.Become(id, start, _position, _position + length);
            _position += length;
        }

        return !Failed;
    }

    /// <summary>The start value for <see cref="ReadField"/>: a field whose id is below all that may follow.</summary>
    public readonly WireField NoField(uint id = 0) => new(_frame, ref _error, id, _position);

    /// <summary>Faults when bytes are left.</summary>
    public readonly void ExpectEnd(string what)
    {
        if (!AtEnd)
        {
            Fail(_position, $"{Remaining} bytes too many in {what}");
        }
    }

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private ulong ReadLongVarint()
    {
        var start = _position;
        var rest = Failed ? [] : _frame[start.._end];
        var value = 0ul;
        for (var i = 0; i < rest.Length; i++)
        {
            var group = rest[i];
            value |= (ulong)(group & 0x7F) << (7 * i);
            if (group >= 0x80 && i < 9)
            {
                continue;
            }

            if ((i == 9 && group > 1) || (group == 0 && i > 0))
            {
                Fail(start, group == 0 ? "a number is longer than need be" : "a number exceeds 64 bits");
                return 0;
            }

            _position = start + i + 1;
            return value;
        }

        Fail(start, "a number is cut off by the end of what holds it");
        return 0;
    }

    private readonly int CheckLength(ulong length) => !Failed && length <= (ulong)Remaining ? (int)length : TooLong(length);

    // What words are made for faults stands apart: it would keep the callers from being inlined.
    private readonly int TooLong(ulong length)
    {
        Fail(_position, $"a block of {length} bytes exceeds the {Remaining} bytes left");
        return 0;
    }

    private readonly bool NoSuchField(int start, ulong key, uint last)
    {
        Fail(start, key > uint.MaxValue ? $"a field key {key} exceeds {uint.MaxValue}" : $"field {key >> 1} after field {last}: ids must ascend from 1");
        return false;
    }

    private readonly ulong TooMuch(int start, ulong value, ulong max, string what)
    {
        Fail(start, $"{what} {value} exceeds {max}");
        return 0;
    }
}
