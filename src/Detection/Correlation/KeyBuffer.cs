using System.Globalization;

namespace Detection.Correlation;

/// <summary>A group key while it is put together, in the form of <see cref="DerivedKeys.Join"/>. Not thread-safe.</summary>
internal sealed class KeyBuffer
{
    private const int LengthDigits = 10;

    private char[] _text = new char[256];
    private int _length;

    /// <summary>What was written; valid until more is.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a text as it is.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    /// <summary>Adds a value so that no two lists of values have the same text.</summary>
    /// <returns>Where the value stands.</returns>
    public Range Join(ReadOnlySpan<char> value)
    {
        value.Length.TryFormat(Room(LengthDigits + 1), out var digits, default, CultureInfo.InvariantCulture);
        _length += digits;
        _text[_length++] = ':';
        var start = _length;
        Append(value);
        return start.._length;
    }

    private Span<char> Room(int length)
    {
        if (_length + length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + length));
        }

        return _text.AsSpan(_length);
    }
}
