using System.Text.RegularExpressions;

namespace Detection.Matching.Expressions;

/// <summary>What one character must be. What it means is left to .NET's regular expressions, so that both kinds of matcher agree. Thread-safe.</summary>
/// <param name="atom">An expression for one character.</param>
/// <param name="options">Those that hold where it stands.</param>
internal sealed class CharacterTest(string atom, RegexOptions options)
{
    // To an expression without case these equal characters beyond ASCII (the Kelvin sign, the dotless i, the long s).
    private const string OddCase = "kKiIsS";

    // Built when a character is first tested: much of an expression is never more than looked at. Two threads may build them; either serves.
    private Regex? _regex;
    private bool[]? _ascii;

    /// <summary>A character of a word, as <c>\b</c> sees it.</summary>
    public static CharacterTest Word { get; } = new(@"[\w\u200C\u200D]", RegexOptions.None);

    /// <summary>The character itself, as the expression writes it; null for a test of another kind.</summary>
    public char? Literal { get; } = (atom.Length, atom[0]) switch
    {
        (1, not ('.' or '[' or '\\')) => atom[0],
        (2, '\\') when !char.IsLetterOrDigit(atom[1]) => atom[1],
        _ => null,
    };

    /// <summary>The literal stands for every character that is equal to it when case is ignored.</summary>
    public bool IgnoresCase => options.HasFlag(RegexOptions.IgnoreCase);

    /// <summary>All the characters it holds for, as far as they are known by its literal; null = more, or others.</summary>
    public string? Characters => (Literal, IgnoresCase) switch
    {
        (null, _) => null,
        ({ } c, false) => char.IsSurrogate(c) ? null : c.ToString(),
        ({ } c, true) => char.IsAscii(c) && !OddCase.Contains(c, StringComparison.Ordinal)
            ? string.Concat(char.ToLowerInvariant(c), char.ToUpperInvariant(c))
            : null,
    };

    /// <summary>It holds for no more than <see cref="Characters"/>, which are ASCII: nobody need be asked.</summary>
    public bool IsKnown { get; } = atom.Length == 1 && char.IsAsciiLetterOrDigit(atom[0])
        && !(options.HasFlag(RegexOptions.IgnoreCase) && OddCase.Contains(atom[0], StringComparison.Ordinal));

    private bool IsPlain => atom.Length == 1
        ? !"[\\*+?()|".Contains(atom[0], StringComparison.Ordinal)
        : atom.Length == 2 && atom[0] == '\\' && (!char.IsLetterOrDigit(atom[1]) || "dDsSwWnrt".Contains(atom[1], StringComparison.Ordinal));

    /// <summary>Builds it unless it is so plain that nothing can be wrong with it: after that it cannot fail.</summary>
    /// <exception cref="RegexParseException">.NET does not take it for an expression.</exception>
    public void Prepare()
    {
        if (!IsPlain)
        {
            _regex ??= Build();
        }
    }

    /// <summary>True for such a character.</summary>
    public bool Holds(char c)
    {
        var ascii = _ascii ??= TestAscii();
        return c < ascii.Length ? ascii[c] : !IsKnown && (_regex ??= Build()).IsMatch([c]);
    }

    private Regex Build() =>
        new($@"\A(?:{atom})\z", (options & (RegexOptions.IgnoreCase | RegexOptions.Singleline)) | RegexOptions.CultureInvariant);

    private bool[] TestAscii()
    {
        var regex = _regex ??= Build();
        var ascii = new bool[128];
        for (var c = '\0'; c < ascii.Length; c++)
        {
            ascii[c] = regex.IsMatch([c]);
        }

        return ascii;
    }
}
