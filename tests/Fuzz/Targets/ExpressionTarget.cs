using System.Text;

namespace Fuzz.Targets;

/// <summary>Regular expressions, generated and damaged, on texts of their own characters.</summary>
internal sealed class ExpressionTarget : FuzzTarget
{
    private static readonly string[] Corpus =
    [
        "(a|b)*a(a|b){20}c", "(a.{0,20}b){10}c", "(a?b?){200}", "(a+)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", @"(\w+\s?)*!", @"\b(\w{1,20}\W?){4}\b", @"[\p{L}-[a-z]]{3,}",
        @"(?i)\u0130\u017F\u212A", @"(?<n>x)\k<n>", @"(x)\1", @"(x)\<1>", "(?'b'x)(?'c-b'y)", "(?>a+)b", "(?=a)b", "(?<!a)b", "(?(a)b|c)", "(?#c)a", "(?x) a b", @"\Ga", @"\Aa\z", "[^]a]",
        @"[0-9]{1,3}\.[0-9]{1,3}", "(.){200,}", @"(?:\s-[^-\s]{0,20}i|\s--inode\s)", @"-(W|R)\s?([0-9a-fA-F]{2}\s?){2,20}", "a{2147483647}", "(a{1000}){1000}", "((((a*)*)*)*)*", "|||", "()*",
    ];

    private static readonly string[] Atoms =
        ["a", "b", ".", @"\w", @"\W", @"\d", @"\s", "[ab]", "[^a]", @"[\p{L}\d]", @"\p{Lu}", @"[^\p{IsGreek}b]", @"\b", @"\B", "^", "$", "(?:)", @"\uD83D", "[a-z-[aeiou]]", "(?i:A)", "(?s:.)", "(?m:^)"];

    private static readonly string[] Repetitions = ["*", "+", "?", "*?", "+?", "{2}", "{0,9}", "{3,}", "{0,50}", "{20}", "{0,1000}", "{9999999999}", "{1,0}", "{,3}"];

    public override string Name => "expressions";

    public override byte[] Make(Random random)
    {
        var pattern = random.Next(3) switch
        {
            0 => TextMutator.Pick(Corpus, random),
            1 => TextMutator.Mutate(Corpus, random),
            _ => Generated(random.Next(6), random),
        };
        return Bytes(HostileText.After(pattern.Replace('\n', ' '), random));
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var (pattern, text) = HostileText.Split(Text(input));
        HostileText.Match(Packs.RuleOf("CommandLine|re", pattern), text);
    }

    private static string Generated(int depth, Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 4); parts > 0; parts--)
        {
            var part = depth == 0 ? TextMutator.Pick(Atoms, random) : $"({Generated(depth - 1, random)}{(random.Next(3) == 0 ? "|" + Generated(depth - 1, random) : "")})";
            text.Append(part).Append(random.Next(2) == 0 ? TextMutator.Pick(Repetitions, random) : "");
        }

        return text.ToString();
    }
}
