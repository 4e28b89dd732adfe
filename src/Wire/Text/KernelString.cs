using System.Buffers;
using System.Text;

namespace Wire.Text;

/// <summary>
/// Linux names are bytes. A name becomes text as UTF-8; each byte that is not valid UTF-8 becomes the lone surrogate
/// U+DC00 + byte, so that every name has exactly one text and comes back unchanged.
/// </summary>
/// <remarks>The scheme is that of Python's PEP 383. Show such text to people only through <see cref="SafeText"/>.</remarks>
public static class KernelString
{
    private const char Escape = '\uDC00';

    /// <summary>Text of <paramref name="bytes"/>; never fails.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[used..];
            }
            else
            {
                text.Append((char)(Escape + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    /// <summary>Most bytes that <see cref="GetBytes"/> writes for <paramref name="text"/>.</summary>
    public static int GetMaxByteCount(string text) => text.Length * 3;

    /// <summary>Writes the bytes that <paramref name="text"/> stands for.</summary>
    /// <returns>Number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is smaller than <see cref="GetMaxByteCount"/>.</exception>
    public static int GetBytes(string text, Span<byte> destination)
    {
        if (destination.Length < GetMaxByteCount(text))
        {
            throw new ArgumentException("shorter than GetMaxByteCount", nameof(destination));
        }

        var written = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) == OperationStatus.Done)
            {
                written += rune.EncodeToUtf8(destination[written..]);
            }
            else if (rest[0] is >= (char)(Escape + 0x80) and <= (char)(Escape + 0xFF))
            {
                destination[written++] = (byte)(rest[0] - Escape);
            }
            else
            {
                // A lone surrogate that no byte stands for: text from elsewhere. Keep the length, lose the nonsense.
                written += Rune.ReplacementChar.EncodeToUtf8(destination[written..]);
            }

            rest = rest[used..];
        }

        return written;
    }
}
