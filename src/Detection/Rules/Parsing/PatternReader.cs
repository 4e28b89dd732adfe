using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>Reads a text of a rule with the modifiers that work on texts: one pattern, or several of which any may fit.</summary>
internal static class PatternReader
{
    private const int MaxVariants = 10_000;
    private const int MaxLength = 1_000_000;

    // An event may have a text of a million characters, and a part between wildcards may nearly fit at each of them.
    private const int MaxValueLength = 8_192;
    private const int MaxSingles = 128;

    /// <summary>The patterns of a text.</summary>
    public static IReadOnlyList<StringPattern> Read(RuleNode node, Modifiers modifiers, PatternPlace place, ReadContext context)
    {
        if (node.Value.Length > MaxValueLength || node.Value.AsSpan().Count('?') > MaxSingles)
        {
            throw node.Fault($"the value has more than {MaxValueLength} characters or {MaxSingles} question marks", "several values that are shorter");
        }

        if (!modifiers.Expand && modifiers.Steps is null)
        {
            return [StringPattern.Parse(node.Value, place, modifiers.Cased)];
        }

        var texts = modifiers.Expand ? Expand(node, context) : [new RuleText(PatternText.Tokenize(node.Value), IsBytes: false)];
        for (var i = 0; modifiers.Steps is { } steps && i < steps.Count; i++)
        {
            var isLast = i == steps.Count - 1;
            texts = Bounded(node, texts.SelectMany(text => Apply(steps[i], text, node, isLast)), text => text.Tokens.Count);
        }

        texts.ForEach(text => text.CheckSearchable(node));
        return [.. texts.Select(text => StringPattern.Of(text.Tokens, place, modifiers.Cased))];
    }

    private static IEnumerable<RuleText> Apply(TextStep step, RuleText text, RuleNode node, bool isLast) => step switch
    {
        TextStep.AnyDash when isLast => [text.WithAnyDash()],
        TextStep.AnyDash => text.WithEachDash(MaxVariants) ?? throw TooMany(node),
        TextStep.Utf16LittleEndian => [text.Utf16(bigEndian: false, mark: false)],
        TextStep.Utf16BigEndian => [text.Utf16(bigEndian: true, mark: false)],
        TextStep.Utf16WithMark => [text.Utf16(bigEndian: false, mark: true)],
        TextStep.Base64 => [text.Base64(node)],
        _ => text.Base64Offsets(node),
    };

    // %name% stands for any of its values, \% for a percent sign. The values are texts of rules themselves: wildcards work in them.
    private static List<RuleText> Expand(RuleNode node, ReadContext context)
    {
        var texts = new List<List<PatternToken>> { new() };
        foreach (var part in ExpandParts(node.Value))
        {
            IReadOnlyList<string> values = part.IsName ? context.Placeholders.Resolve(part.Text, node) : [part.Text];
            var tokens = values.Select(value => part.IsPercent ? [PatternToken.Literal('%')] : PatternText.Tokenize(value)).ToList();
            texts = Bounded(node, texts.SelectMany(text => tokens.Select(added => text.Concat(added).ToList())), text => text.Count);
        }

        return [.. texts.Select(tokens => new RuleText(tokens, IsBytes: false))];
    }

    private static IEnumerable<(string Text, bool IsName, bool IsPercent)> ExpandParts(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '*' or '?')
            {
                i++;
                continue;
            }

            var isPercent = text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '%';
            var end = text[i] == '%' ? text.IndexOf('%', i + 1) : -1;
            if (!isPercent && end <= i + 1)
            {
                continue;
            }

            yield return (text[start..i], false, false);
            yield return isPercent ? ("%", false, true) : (text[(i + 1)..end], true, false);
            i = isPercent ? i + 1 : end;
            start = i + 1;
        }

        yield return (text[start..], false, false);
    }

    // One value may stand for very many texts: counted while they are made.
    private static List<T> Bounded<T>(RuleNode node, IEnumerable<T> texts, Func<T, int> lengthOf)
    {
        var kept = new List<T>();
        long length = 0;
        foreach (var text in texts)
        {
            kept.Add(text);
            length += lengthOf(text);
            if (kept.Count > MaxVariants || length > MaxLength)
            {
                throw TooMany(node);
            }
        }

        return kept;
    }

    private static RuleFault TooMany(RuleNode node) => node.Fault(
        $"the value stands for more than {MaxVariants} texts or {MaxLength} characters", "fewer dashes or placeholders in one value");
}
