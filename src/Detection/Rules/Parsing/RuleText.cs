using System.Text;
using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>A text of a rule on its way through the modifiers.</summary>
/// <param name="Tokens">Literals and wildcards.</param>
/// <param name="IsBytes">Each literal is one byte: the text was encoded as UTF-16.</param>
internal sealed record RuleText(IReadOnlyList<PatternToken> Tokens, bool IsBytes)
{
    private static readonly char[] Dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

    private string Plain => string.Concat(Tokens.Select(token => token.Value));

    private int Wildcards => Tokens.Count(token => token.Kind != PatternTokenKind.Literal);

    /// <summary>The text with every dash that begins an option standing for any dash.</summary>
    public RuleText WithAnyDash()
    {
        var tokens = Tokens.ToList();
        foreach (var dash in PatternText.OptionDashes(Tokens))
        {
            tokens[dash] = PatternToken.AnyDash;
        }

        return this with { Tokens = tokens };
    }

    /// <summary>The texts with every choice of dashes, for what has to be encoded.</summary>
    /// <param name="most">Most texts.</param>
    /// <returns>Null when there are more.</returns>
    public List<RuleText>? WithEachDash(int most)
    {
        var texts = new List<RuleText> { this };
        foreach (var dash in PatternText.OptionDashes(Tokens))
        {
            if (texts.Count * Dashes.Length > most)
            {
                return null;
            }

            texts = [.. texts.SelectMany(text => Dashes.Select(c => text.With(dash, c)))];
        }

        return texts;
    }

    /// <summary>The bytes of the text in UTF-16.</summary>
    public RuleText Utf16(bool bigEndian, bool mark)
    {
        var tokens = new List<PatternToken>();
        foreach (var c in mark ? "\uFEFF" : "")
        {
            AddBytes(tokens, c, bigEndian);
        }

        foreach (var token in Tokens)
        {
            if (token.Kind == PatternTokenKind.Literal)
            {
                AddBytes(tokens, token.Value, bigEndian);
            }
            else if (token.Kind == PatternTokenKind.AnyOne)
            {
                tokens.AddRange([token, token]);
            }
            else
            {
                tokens.Add(token);
            }
        }

        return new RuleText(tokens, IsBytes: true);
    }

    /// <summary>The text in base64.</summary>
    /// <param name="node">For faults.</param>
    public RuleText Base64(RuleNode node) => new(Literals(Convert.ToBase64String(Bytes(node))), IsBytes: false);

    /// <summary>What stays the same of the text's base64 when 0, 1 or 2 bytes stand before it and any after it.</summary>
    /// <param name="node">For faults.</param>
    public IEnumerable<RuleText> Base64Offsets(RuleNode node)
    {
        var bytes = Bytes(node);
        if (bytes.Length < 2)
        {
            throw node.Fault("a text of less than 2 bytes leaves no trace in base64 at some offsets", "a longer text");
        }

        for (var before = 0; before < 3; before++)
        {
            // Characters that hold bits of bytes before or behind the text are left out.
            var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = before == 0 ? 0 : before + 1;
            var behind = ((bytes.Length + before) % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            yield return new RuleText(Literals(whole[first..^behind]), IsBytes: false);
        }
    }

    /// <summary>Throws unless the text can be looked for in a text.</summary>
    public void CheckSearchable(RuleNode node)
    {
        if (IsBytes && Tokens.Any(token => token.Value > 0x7F))
        {
            throw node.Fault(
                "bytes of UTF-16 above 7F are no text that an event could hold", "base64 or base64offset after utf16, or ASCII without a byte order mark");
        }
    }

    private RuleText With(int at, char c)
    {
        var tokens = Tokens.ToArray();
        tokens[at] = PatternToken.Literal(c);
        return this with { Tokens = tokens };
    }

    private byte[] Bytes(RuleNode node)
    {
        if (Wildcards > 0)
        {
            throw node.Fault("a wildcard cannot be encoded as base64", "a backslash before it for the character itself, or several values");
        }

        return IsBytes ? Encoding.Latin1.GetBytes(Plain) : Encoding.UTF8.GetBytes(Plain);
    }

    private static PatternToken[] Literals(string text) => [.. text.Select(PatternToken.Literal)];

    private static void AddBytes(List<PatternToken> tokens, char c, bool bigEndian)
    {
        var (low, high) = (PatternToken.Literal((char)(c & 0xFF)), PatternToken.Literal((char)(c >> 8)));
        tokens.AddRange(bigEndian ? [high, low] : [low, high]);
    }
}
