using System.Numerics;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>
/// Which guards of which rules were met by the record in view. One for each thread; not thread-safe. Marking allocates nothing, and
/// each hit costs its marks once a record, however often it comes.
/// </summary>
internal sealed class RecordMarks
{
    private readonly HitTable _hits;
    private readonly ulong[] _bits;
    private readonly int _row;
    private readonly int[] _seen;
    private readonly int[] _noted = new int[RecentTexts.MaxHits];
    private int _notedCount;
    private int _record;

    /// <param name="hits">What a hit marks.</param>
    /// <param name="layout">Where the marks are.</param>
    public RecordMarks(HitTable hits, MarkLayout layout)
    {
        _hits = hits;
        _row = layout.RowWords;
        _bits = new ulong[layout.Words];
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
        var i = 0;
        for (; i <= words.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            (new Vector<ulong>(_bits, i) | new Vector<ulong>(words[i..])).CopyTo(_bits, i);
        }

        for (; i < words.Length; i++)
        {
            _bits[i] |= words[i];
        }
    }

    /// <summary>The rules of one word of which all guards were met, as bits.</summary>
    /// <param name="word">Where to begin; set to the word that was found.</param>
    /// <returns>0 when there are none in any further word.</returns>
    public ulong NextRules(ref int word)
    {
        ReadOnlySpan<ulong> first = _bits.AsSpan(0, _row);
        ReadOnlySpan<ulong> second = _bits.AsSpan(_row);
        while (word <= _row - Vector<ulong>.Count && (new Vector<ulong>(first[word..]) & new Vector<ulong>(second[word..])) == Vector<ulong>.Zero)
        {
            word += Vector<ulong>.Count;
        }

        for (; word < _row; word++)
        {
            if ((first[word] & second[word]) is var rules and not 0)
            {
                return rules;
            }
        }

        return 0;
    }

    /// <summary>Begins to note hits.</summary>
    public void BeginNotes() => _notedCount = 0;

    /// <summary>The hits since then, perhaps some of them again; false when there are more than are noted.</summary>
    public bool TryGetNotes(out ReadOnlySpan<int> hits)
    {
        hits = _noted.AsSpan(0, Math.Min(_notedCount, _noted.Length));
        return _notedCount <= _noted.Length;
    }

    /// <summary>Marks what a hit and those that it implies mark.</summary>
    public void Hit(int hit)
    {
        if (hit >= 0 && _notedCount++ < _noted.Length)
        {
            _noted[_notedCount - 1] = hit;
        }

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
