using System.Text;

namespace Detection.Tests.SigmaLinux;

/// <summary>A text that a simple regular expression finds: first alternatives, fewest repetitions. Whoever uses it checks the result.</summary>
internal sealed class RegexSample(string pattern)
{
    // Candidates for a character class, before all other printable characters.
    private const string Usual = "a1Z_ -/.:\"'";
    private int _at;

    /// <summary>The text, and whether it must be at the end of what is searched.</summary>
    public static (string Text, bool AtEnd) Of(string pattern)
    {
        var sample = new RegexSample(pattern.StartsWith("(?i)", StringComparison.Ordinal) ? pattern[4..] : pattern);
        return (sample.Alternatives(), pattern.EndsWith('$'));
    }

    private string Alternatives()
    {
        var first = Sequence();
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            var other = Sequence();

            // An anchor alone is no text.
            first = first.Length == 0 ? other : first;
        }

        return first;
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            var piece = Atom();
            for (var count = Repetitions(); count > 0; count--)
            {
                text.Append(piece);
            }
        }

        return text.ToString();
    }

    private string Atom()
    {
        var c = pattern[_at++];
        switch (c)
        {
            case '(':
                _at += pattern.AsSpan(_at).StartsWith("?:") ? 2 : 0;
                var inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return Class();
            case '\\':
                return Escaped(pattern[_at++]);
            case '^' or '$':
                return "";
            default:
                return c == '.' ? "x" : c.ToString();
        }
    }

    private int Repetitions()
    {
        if (_at == pattern.Length)
        {
            return 1;
        }

        switch (pattern[_at])
        {
            case '*' or '?':
                _at++;
                return 0;
            case '+':
                _at++;
                return 1;
            case '{':
                var end = pattern.IndexOf('}', _at);
                var least = int.Parse(pattern[(_at + 1)..end].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
                _at = end + 1;
                return least;
            default:
                return 1;
        }
    }

    private string Class()
    {
        var end = _at + 1;
        while (pattern[end] != ']')
        {
            end += pattern[end] == '\\' ? 2 : 1;
        }

        var members = new System.Text.RegularExpressions.Regex(pattern[(_at - 1)..(end + 1)]);
        _at = end + 1;
        return Usual.Concat(Enumerable.Range(' ', 95).Select(c => (char)c)).First(c => members.IsMatch(c.ToString())).ToString();
    }

    private static string Escaped(char c) => c switch { 's' => " ", 'd' => "1", 'w' => "a", _ => c.ToString() };
}
