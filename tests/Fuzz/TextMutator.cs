using System.Text;

namespace Fuzz;

/// <summary>Damages texts in ways that parsers stumble over.</summary>
internal static class TextMutator
{
    private const int LongestText = 1 << 16;

    /// <summary>A text of a corpus with one to eight kinds of damage.</summary>
    public static string Mutate(IReadOnlyList<string> corpus, Random random)
    {
        var text = Pick(corpus, random);
        for (var times = 1 << random.Next(4); times > 0; times--)
        {
            text = Once(text, corpus, random);
        }

        return text.Length > LongestText ? text[..LongestText] : text;
    }

    /// <summary>One of a list.</summary>
    public static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    private static string Once(string text, IReadOnlyList<string> corpus, Random random)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(12))
        {
            case 0:
                return Replace(text, at, 1, at < text.Length ? ((char)(text[at] ^ (1 << random.Next(16)))).ToString() : "");
            case 1:
                return Splice(text, Pick(corpus, random), at, random);
            case 2 or 3:
                return Replace(text, at, random.Next(3) == 0 ? random.Next(12) : 0, Pick(Words.Tokens, random));
            case 4:
                return EditLines(text, random);
            case 5:
                return Replace(text, at, random.Next(12), "");
            case 6:
                return Replace(text, at, 0, Nesting(random));
            case 7:
                return Replace(text, at, 0, Run(random));
            case 8:
                return ReplaceNumber(text, at, random);
            case 9:
                return Replace(text, at, 0, Pick(Words.Characters, random));
            case 10:
                return Replace(text, at, 0, ((char)random.Next(char.MaxValue + 1)).ToString());
            default:
                var length = random.Next(Math.Min(200, text.Length - at) + 1);
                return Replace(text, random.Next(text.Length + 1), 0, text.Substring(at, length));
        }
    }

    private static string Replace(string text, int at, int length, string by) =>
        string.Concat(text.AsSpan(0, at), by, text.AsSpan(Math.Min(text.Length, at + length)));

    private static string Splice(string text, string other, int at, Random random)
    {
        // Whole documents beside each other load more often than halves.
        return random.Next(2) == 0
            ? $"{text}\n---\n{other}"
            : string.Concat(text.AsSpan(0, at), other.AsSpan(random.Next(other.Length + 1)));
    }

    private static string EditLines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var line = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count + 1), lines[line]);
                break;
            case 2:
                lines.InsertRange(line, Enumerable.Repeat(lines[line], random.Next(1, 200)));
                break;
            default:
                lines[line] = new string(' ', random.Next(9)) + lines[line].TrimStart();
                break;
        }

        return string.Join('\n', lines);
    }

    private static string Nesting(Random random)
    {
        var open = Pick(["[", "{a: ", "(", "- ", "((?:", "not (", "? ", "&a [", "\n- - - ", "{\"a\":"], random);
        var text = new StringBuilder().Insert(0, open, random.Next(8) switch { 0 => 60_000 / open.Length, 1 => random.Next(2_000), _ => random.Next(80) });
        return random.Next(2) == 0 ? text.ToString() : text.Append('x').Append(open.Contains('{') ? '}' : open.Contains('(') ? ')' : ']', random.Next(80)).ToString();
    }

    private static string Run(Random random)
    {
        var part = random.Next(2) == 0 ? Pick(Words.Characters, random) : Pick(["a", " ", "*", "a*", "-", "'", "\\", "0", "|all", "a and ", "*a ", "\n", "- a\n"], random);
        return new StringBuilder().Insert(0, part, 1 << random.Next(13)).ToString();
    }

    private static string ReplaceNumber(string text, int at, Random random)
    {
        var from = text.AsSpan(at).IndexOfAnyInRange('0', '9') is var skip and >= 0 ? at + skip : at;
        var to = from;
        while (to < text.Length && char.IsAsciiDigit(text[to]))
        {
            to++;
        }

        return Replace(text, from, to - from, Pick(Words.Numbers, random));
    }
}
