using System.Text.RegularExpressions;

namespace Detection.Matching.Expressions;

/// <summary>What one character must be. What it means is left to .NET's regular expressions, so that both kinds of matcher agree. Thread-safe.</summary>
internal sealed class CharacterTest
{
    private readonly Regex _regex;
    private readonly bool[] _ascii = new bool[128];

    /// <param name="atom">An expression for one character.</param>
    /// <param name="options">Those that hold where it stands.</param>
    public CharacterTest(string atom, RegexOptions options)
    {
        _regex = new Regex($@"\A(?:{atom})\z", (options & (RegexOptions.IgnoreCase | RegexOptions.Singleline)) | RegexOptions.CultureInvariant);
        for (var c = '\0'; c < _ascii.Length; c++)
        {
            _ascii[c] = _regex.IsMatch([c]);
        }
    }

    /// <summary>A character of a word, as <c>\b</c> sees it.</summary>
    public static CharacterTest Word { get; } = new(@"[\w\u200C\u200D]", RegexOptions.None);

    /// <summary>True for such a character.</summary>
    public bool Holds(char c) => c < _ascii.Length ? _ascii[c] : _regex.IsMatch([c]);
}
