using System.Runtime.InteropServices;

namespace Detection.Routing;

/// <summary>
/// The hits of the texts that a value held last: what a host does, it does over and over. Not thread-safe; bounded, and allocates
/// nothing once it is made.
/// </summary>
/// <remarks>
/// A text is compared with what is kept, so only time hangs on the place that is derived of it. Who writes texts of one and the same
/// place makes them be looked through, as if nothing was kept.
/// </remarks>
internal sealed class RecentTexts
{
    /// <summary>Characters of a text that is kept.</summary>
    public const int MaxLength = 112;

    /// <summary>Hits of a text that is kept.</summary>
    public const int MaxHits = 23;

    private const int Places = 128;
    private const int Sample = 4;
    private const int CharactersPerCell = sizeof(int) / sizeof(char);

    // An entry lies in one piece: a head, the text, its hits behind it.
    private const int Cells = 1 + (MaxLength / CharactersPerCell) + MaxHits;
    private const int HitBits = 8;
    private const int NoText = -1;

    private readonly int[] _entries = new int[Places * Cells];

    public RecentTexts()
    {
        for (var i = 0; i < Places; i++)
        {
            _entries[i * Cells] = NoText;
        }
    }

    /// <summary>The hits of a text, if it is kept.</summary>
    public bool TryGet(ReadOnlySpan<char> text, out ReadOnlySpan<int> hits)
    {
        ReadOnlySpan<int> entry = _entries.AsSpan(PlaceOf(text) * Cells, Cells);
        if (entry[0] >> HitBits != text.Length || !MemoryMarshal.Cast<int, char>(entry[1..])[..text.Length].SequenceEqual(text))
        {
            hits = default;
            return false;
        }

        hits = entry.Slice(1 + CellsOf(text), entry[0] & ((1 << HitBits) - 1));
        return true;
    }

    /// <summary>Keeps a text with its hits instead of the one at its place; a text that is too long is not kept.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hits">At most <see cref="MaxHits"/>.</param>
    public void Keep(ReadOnlySpan<char> text, ReadOnlySpan<int> hits)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        var entry = _entries.AsSpan(PlaceOf(text) * Cells, Cells);
        entry[0] = (text.Length << HitBits) | hits.Length;
        text.CopyTo(MemoryMarshal.Cast<int, char>(entry[1..]));
        hits.CopyTo(entry[(1 + CellsOf(text))..]);
    }

    private static int CellsOf(ReadOnlySpan<char> text) => (text.Length + CharactersPerCell - 1) / CharactersPerCell;

    // Of its length, and of four characters at its start, middle and end: texts that differ elsewhere only push each other out.
    private static int PlaceOf(ReadOnlySpan<char> text)
    {
        if (text.Length < Sample)
        {
            return text.Length == 0 ? 0 : (text[0] + (text[^1] * 7) + text.Length) % Places;
        }

        var mixed = SampleAt(text, 0) + (SampleAt(text, (text.Length - Sample) / 2) * 31) + (SampleAt(text, text.Length - Sample) * 961) + (ulong)text.Length;
        return (int)((mixed * 0x9E37_79B9_7F4A_7C15) >> 57);
    }

    private static ulong SampleAt(ReadOnlySpan<char> text, int at) => MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text.Slice(at, Sample)));
}
