using System.Runtime.CompilerServices;

namespace Detection.Index;

/// <summary>Numbers for the characters of some literals, case ignored: from 1; 0 is every other character. Immutable, thread-safe.</summary>
internal sealed class CharacterClasses
{
    private const int AsciiCount = 128;

    private readonly ushort[] _ascii = new ushort[AsciiCount];
    private readonly Dictionary<char, ushort> _folded = [];

    /// <param name="literals">Folded texts.</param>
    public CharacterClasses(IEnumerable<string> literals)
    {
        foreach (var c in literals.SelectMany(literal => literal).Distinct())
        {
            _folded.Add(c, (ushort)(_folded.Count + 1));
        }

        for (var c = '\0'; c < AsciiCount; c++)
        {
            _ascii[c] = _folded.GetValueOrDefault(Folding.Fold(c));
        }
    }

    /// <summary>How many numbers there are, 0 included.</summary>
    public int Count => _folded.Count + 1;

    /// <summary>The number of a character, folded or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(char c) => c < _ascii.Length ? _ascii[c] : OfOther(c);

    private int OfOther(char c) => _folded.GetValueOrDefault(Folding.Fold(c));
}
