using System.Collections;

namespace LocalPipeline.Replay;

/// <summary>Numbers of lines, ascending, each once. Immutable; takes two bytes or so for each run of lines without a gap.</summary>
internal sealed class LineSet : IEnumerable<long>
{
    // For each run how far it is from the end of the one before, and how many lines follow its first.
    private readonly byte[] _runs;

    /// <param name="lines">The lines, in any order; enumerated twice where that is not ascending. Usually it is, so they are not sorted first.</param>
    internal LineSet(IEnumerable<long> lines) => _runs = RunsOf(lines) ?? RunsOf(lines.Order())!;

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator()
    {
        using var runs = new BinaryReader(new MemoryStream(_runs));
        for (var line = 0L; runs.BaseStream.Position < _runs.Length;)
        {
            line += runs.Read7BitEncodedInt64();
            yield return line;
            for (var more = runs.Read7BitEncodedInt64(); more > 0; more--)
            {
                yield return ++line;
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Null when they are not ascending.
    private static byte[]? RunsOf(IEnumerable<long> lines)
    {
        using var bytes = new MemoryStream();
        using var runs = new BinaryWriter(bytes);
        long end = 0, first = 0, last = 0;
        foreach (var line in lines)
        {
            if (line < last)
            {
                return null;
            }

            if (first > 0 && line <= last + 1)
            {
                last = line;
                continue;
            }

            end = Write(runs, end, first, last);
            (first, last) = (line, line);
        }

        Write(runs, end, first, last);
        return bytes.ToArray();
    }

    private static long Write(BinaryWriter runs, long end, long first, long last)
    {
        if (first > 0)
        {
            runs.Write7BitEncodedInt64(first - end);
            runs.Write7BitEncodedInt64(last - first);
        }

        return last;
    }
}
