using System.Buffers;
using Detection.Matching;

namespace Detection.Tests.SigmaLinux;

/// <summary>What one leaf of a rule asks of one field, as text that fulfils it.</summary>
/// <param name="Field">The field; empty for keywords, which may be in any.</param>
/// <param name="Place">Where in the field.</param>
/// <param name="Text">The text.</param>
internal sealed record Need(string Field, PatternPlace Place, string Text)
{
    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The same need with a text that does not do, to all appearances: another last letter or digit, or the last character gone.</summary>
    public IEnumerable<Need> Broken()
    {
        var at = Text.AsSpan().LastIndexOfAny(LettersAndDigits);
        if (at >= 0)
        {
            yield return this with { Text = $"{Text[..at]}{(Text[at] == '7' ? '8' : char.IsDigit(Text[at]) ? '7' : Text[at] == 'q' ? 'x' : 'q')}{Text[(at + 1)..]}" };
        }

        yield return this with { Text = Text.Length > 1 ? Text[..^1] : "~" };
    }
}
