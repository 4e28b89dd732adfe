using Detection.Matching;

namespace LocalPipeline.Rules;

/// <summary>A path of a watch list as a pattern. Immutable and thread-safe.</summary>
/// <param name="pattern">The path; in a part with <c>*</c> that stands for any run within the part.</param>
/// <param name="below">Everything below the path is meant, not the path itself.</param>
internal sealed class PathGlob(string pattern, bool below)
{
    private readonly string _text = below ? pattern.TrimEnd('/') + "/" : pattern;

    /// <summary>True when some path fits both this and a text of a rule.</summary>
    internal bool Meets(StringPattern rule)
    {
        var tokens = rule.Tokens;
        var length = _text.Length + (below ? 1 : 0);

        // meets[j]: the tokens from i on and the characters from j on have a text in common. Filled from the ends.
        var meets = new bool[length + 1];
        for (var i = tokens.Length; i >= 0; i--)
        {
            var next = (bool[])meets.Clone();
            for (var j = length; j >= 0; j--)
            {
                meets[j] = i == tokens.Length ? j == length || (IsRun(j) && meets[j + 1]) : Meets(tokens[i], rule.IsCased, j, length, next, meets);
            }
        }

        return meets[0];
    }

    private bool Meets(PatternToken token, bool cased, int j, int length, bool[] next, bool[] same)
    {
        if (token.Kind == PatternTokenKind.AnyRun)
        {
            return next[j] || (j < length && same[j + 1]);
        }

        if (j == length)
        {
            return false;
        }

        if (IsRun(j))
        {
            return same[j + 1] || (Fits(token, j, cased) && next[j]);
        }

        return Fits(token, j, cased) && next[j + 1];
    }

    private bool IsRun(int j) => j == _text.Length ? below : j < _text.Length && _text[j] == '*';

    private bool Fits(PatternToken token, int j, bool cased)
    {
        var isDash = token.Kind == PatternTokenKind.AnyDash;
        if (j == _text.Length)
        {
            return true;
        }

        if (_text[j] == '*')
        {
            return token.Kind == PatternTokenKind.AnyOne || isDash || token.Value != '/';
        }

        return token.Kind == PatternTokenKind.AnyOne
            || (isDash && _text[j] is '-' or '/')
            || token.Value == _text[j]
            || (!cased && char.ToUpperInvariant(token.Value) == char.ToUpperInvariant(_text[j]));
    }
}
