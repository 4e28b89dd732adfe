using System.Text;

namespace Fuzz.Targets;

/// <summary>Texts with wildcards, escapes and modifiers, on texts that nearly fit at many places.</summary>
internal sealed class WildcardTarget : FuzzTarget
{
    private static readonly string[] Keys =
        ["CommandLine", "CommandLine|contains", "CommandLine|startswith", "CommandLine|endswith", "CommandLine|cased", "CommandLine|windash", "CommandLine|wide|base64offset|contains", "", "|all"];

    private static readonly string[] Parts = ["*", "?", "a", "b", "aa", "ab", "\\*", "\\?", "\\\\", "\\", " -x", " /x", "\u0130", "\U0001F600", "\uD83D", "\u017F", "\0"];

    public override string Name => "wildcards";

    public override byte[] Make(Random random)
    {
        var text = new StringBuilder(TextMutator.Pick(Keys, random)).Append('=');
        var few = random.Next(2) == 0 ? 3 : Parts.Length;
        for (var parts = 1 << random.Next(9); parts > 0; parts--)
        {
            text.Append(Parts[random.Next(few)]);
        }

        return Bytes(HostileText.After(text.ToString(), random));
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var (item, text) = HostileText.Split(Text(input));
        var end = item.IndexOf('=', StringComparison.Ordinal);
        HostileText.Match(Packs.RuleOf(item[..Math.Max(0, end)], item[(end + 1)..]), text);
    }
}
