using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Wire.Text;

/// <summary>
/// Linux names are bytes. A name becomes text as UTF-8; each byte that is not valid UTF-8 becomes the lone surrogate
/// U+DC00 + byte, so that every name has exactly one text and comes back unchanged.
/// </summary>
/// <remarks>
/// The scheme is that of Python's PEP 383. Show such text to people only through <see cref="SafeText"/>. Only text made by
/// <see cref="FromBytes"/> or valid UTF-16 comes back unchanged: stand-ins that someone else put side by side may spell a
/// valid character.
/// </remarks>
public static class KernelString
{
    private const char Escape = '\uDC00';

    /// <summary>Text of <paramref name="bytes"/>; never fails. Has at most as many chars as there are bytes.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        var chars = ArrayPool<char>.Shared.Rent(bytes.Length);
        var written = 0;
        while (true)
        {
            var status = Utf8.ToUtf16(bytes, chars.AsSpan(written), out var read, out var added, replaceInvalidSequences: false);
            written += added;
            if (status == OperationStatus.Done)
            {
                break;
            }

            chars[written++] = (char)(Escape + bytes[read]);
            bytes = bytes[(read + 1)..];
        }

        var text = new string(chars, 0, written);
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    /// <summary>Most bytes that <see cref="GetBytes"/> writes for <paramref name="text"/>.</summary>
    public static int GetMaxByteCount(string text) => text.Length * 3;

    /// <summary>Writes the bytes that <paramref name="text"/> stands for.</summary>
    /// <remarks>A lone surrogate that no byte stands for becomes U+FFFD: such text never came from the kernel.</remarks>
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
        while (true)
        {
            var status = Utf8.FromUtf16(rest, destination[written..], out var read, out var added, replaceInvalidSequences: false);
            written += added;
            if (status == OperationStatus.Done)
            {
                return written;
            }

            if (rest[read] is >= (char)(Escape + 0x80) and <= (char)(Escape + 0xFF))
            {
                destination[written++] = (byte)(rest[read] - Escape);
            }
            else
            {
                written += Rune.ReplacementChar.EncodeToUtf8(destination[written..]);
            }

            rest = rest[(read + 1)..];
        }
    }
}
