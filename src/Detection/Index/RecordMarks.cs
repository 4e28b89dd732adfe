using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>
/// Which guards of which rules were met by the record in view. One for each thread; not thread-safe. Marking allocates nothing, and
/// each hit costs its marks once a record, however often it comes.
/// </summary>
internal sealed class RecordMarks
{
    private readonly HitTable _hits;
    private readonly ulong[] _bits;
    private readonly int[] _seen;
    private int _record;

    /// <param name="hits">What a hit marks.</param>
    /// <param name="words">Words of 64 marks.</param>
    public RecordMarks(HitTable hits, int words)
    {
        _hits = hits;
        _bits = new ulong[words];
        _seen = new int[hits.Implied.Length];
    }

    /// <summary>The marks.</summary>
    public ReadOnlySpan<ulong> Words => _bits;

    /// <summary>Room for a value that is not kept as text.</summary>
    public char[] Scratch { get; } = new char[FieldValue.ScratchLength];

    /// <summary>How many hits were marked, so far.</summary>
    public long Marked { get; private set; }

    /// <summary>Begins a record: no marks.</summary>
    public void Begin()
    {
        Array.Clear(_bits);
        if (++_record == int.MaxValue)
        {
            Array.Clear(_seen);
            _record = 1;
        }
    }

    /// <summary>Makes marks that need no hit.</summary>
    public void Give(ReadOnlySpan<ulong> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            _bits[i] |= words[i];
        }
    }

    /// <summary>Marks what a hit and those that it implies mark.</summary>
    public void Hit(int hit)
    {
        for (; hit >= 0 && _seen[hit] != _record; hit = _hits.Implied[hit])
        {
            _seen[hit] = _record;
            Marked++;
            foreach (var mark in _hits.Marks.AsSpan(_hits.Starts[hit].._hits.Starts[hit + 1]))
            {
                _bits[mark >> 6] |= 1UL << mark;
            }
        }
    }
}
