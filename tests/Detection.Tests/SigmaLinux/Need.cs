using Detection.Matching;

namespace Detection.Tests.SigmaLinux;

/// <summary>What one leaf of a rule asks of one field, as text that fulfils it.</summary>
/// <param name="Field">The field; empty for keywords, which may be in any.</param>
/// <param name="Place">Where in the field.</param>
/// <param name="Text">The text.</param>
internal sealed record Need(string Field, PatternPlace Place, string Text)
{
    /// <summary>The same need with a text that differs in its last letter or digit (at least in one character).</summary>
    public Need Broken()
    {
        var at = Text.Length - 1;
        while (at > 0 && !char.IsLetterOrDigit(Text[at]))
        {
            at--;
        }

        var other = at < 0 ? '~' : Text[at] is >= '0' and <= '8' ? (char)(Text[at] + 1) : Text[at] == '9' ? '7' : Text[at] is 'q' or 'Q' ? 'x' : 'q';
        return this with { Text = at < 0 ? "~" : Text[..at] + other + Text[(at + 1)..] };
    }
}
