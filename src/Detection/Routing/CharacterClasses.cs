namespace Detection.Routing;

/// <summary>Numbers for the characters of some literals, case ignored: from 1, the most frequent first; 0 is every other character. Immutable, thread-safe.</summary>
internal sealed class CharacterClasses
{
    private const int AsciiCount = 128;

    private readonly ushort[] _ascii = new ushort[AsciiCount];
    private readonly Dictionary<char, ushort> _folded = [];

    /// <param name="literals">Folded texts.</param>
    public CharacterClasses(IEnumerable<string> literals)
    {
        foreach (var c in literals.SelectMany(literal => literal).CountBy(c => c).OrderByDescending(count => count.Value).ThenBy(count => count.Key))
        {
            _folded.Add(c.Key, (ushort)(_folded.Count + 1));
        }

        for (var c = '\0'; c < AsciiCount; c++)
        {
            _ascii[c] = _folded.GetValueOrDefault(Folding.Fold(c));
        }
    }

    /// <summary>How many numbers there are, 0 included.</summary>
    public int Count => _folded.Count + 1;

    /// <summary>The numbers of the ASCII characters, folded or not.</summary>
    public ReadOnlySpan<ushort> Ascii => _ascii;

    /// <summary>The number of a character, folded or not.</summary>
    public int Of(char c) => _folded.GetValueOrDefault(Folding.Fold(c));
}
