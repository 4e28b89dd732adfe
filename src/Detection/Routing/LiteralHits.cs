namespace Detection.Routing;

/// <summary>What a hit on each literal marks. Grows while an index is built, then only read.</summary>
/// <remarks>A hit may imply another one, for example of a literal inside the literal: hits form chains, each marked from its longest one on.</remarks>
internal sealed class LiteralHits
{
    /// <summary>No hit.</summary>
    public const int None = -1;

    private readonly List<int> _starts = [0];
    private readonly List<int> _marks = [];
    private readonly List<int> _implied = [];


    /// <summary>Adds a hit.</summary>
    /// <param name="marks">The marks it makes.</param>
    /// <param name="implied">The hit that is there, too, whenever this one is; or <see cref="None"/>.</param>
    /// <returns>Its number.</returns>
    public int Add(IEnumerable<int> marks, int implied = None)
    {
        _marks.AddRange(marks);
        _starts.Add(_marks.Count);
        _implied.Add(implied);
        return _implied.Count - 1;
    }

    /// <summary>What was added.</summary>
    public HitTable Freeze() => new([.. _starts], [.. _marks], [.. _implied]);
}
