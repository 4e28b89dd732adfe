namespace LocalPipeline.Replay;

/// <summary>Splits a stream into lines without ever holding more than one, however long they are.</summary>
internal static class JsonLines
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>Every line with its number, from 1, without its end. One longer than <paramref name="longest"/> is given cut to one byte more.</summary>
    /// <remarks>A line is valid until the next is asked for. A byte order mark at the start is left out.</remarks>
    internal static IEnumerable<(long Number, ReadOnlyMemory<byte> Line)> Read(System.IO.Stream input, int longest)
    {
        var buffer = new byte[FirstBuffer];
        int start = 0, end = 0;
        long number = 1;
        var tooLong = false;
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                if (!tooLong)
                {
                    yield return (number, Trim(buffer.AsMemory(start, Math.Min(newline, longest + 1)), number));
                }

                tooLong = false;
                start += newline + 1;
                number++;
                continue;
            }

            if (end - start > longest)
            {
                // What follows up to the end of the line is skipped.
                if (!tooLong)
                {
                    yield return (number, buffer.AsMemory(start, longest + 1));
                }

                tooLong = true;
                start = end;
            }

            (buffer, end) = MakeRoom(buffer, start, end);
            start = 0;
            var read = input.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (end > start && !tooLong)
        {
            yield return (number, Trim(buffer.AsMemory(start, end - start), number));
        }
    }

    private static (byte[] Buffer, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var kept = end - start;
        var target = kept > buffer.Length / 2 ? new byte[buffer.Length * 2] : buffer;
        buffer.AsSpan(start, kept).CopyTo(target);
        return (target, kept);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, long number)
    {
        line = number == 1 && line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
