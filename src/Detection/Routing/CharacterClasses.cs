namespace Detection.Routing;

/// <summary>Numbers for the characters of some literals, case ignored: from 1; 0 is every other character. Immutable, thread-safe.</summary>
internal sealed class CharacterClasses
{
    private const int AsciiCount = 128;

    private readonly ushort[] _ascii = new ushort[AsciiCount];
    private readonly Dictionary<char, ushort>? _others;

    /// <param name="literals">Folded texts.</param>
    public CharacterClasses(IEnumerable<string> literals)
    {
        foreach (var literal in literals)
        {
            foreach (var c in literal)
            {
                if (c >= AsciiCount)
                {
                    _others ??= [];
                    if (_others.TryAdd(c, (ushort)Count))
                    {
                        Count++;
                    }
                }
                else if (_ascii[c] == 0)
                {
                    _ascii[c] = (ushort)Count++;
                }
            }
        }

        for (var c = '\0'; c < AsciiCount; c++)
        {
            _ascii[c] = _ascii[Folding.Fold(c)];
        }
    }

    /// <summary>How many numbers there are, 0 included.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>The numbers of the ASCII characters, folded or not.</summary>
    public ReadOnlySpan<ushort> Ascii => _ascii;

    /// <summary>The number of a character, folded or not.</summary>
    public int Of(char c)
    {
        var folded = Folding.Fold(c);
        return folded < AsciiCount ? _ascii[folded] : _others?.GetValueOrDefault(folded) ?? 0;
    }
}
