using System.Text;

namespace Fuzz.Targets;

/// <summary>Conditions of detections and of temporal correlations, made by their grammar and then damaged.</summary>
internal sealed class ConditionTarget : FuzzTarget
{
    private const int Events = 12;

    private static readonly string[] Names = ["a", "b", "c", "_d", "sel_1", "sel_2"];

    private static readonly string[] Damage =
        ["and", "or", "not", "of", "them", "1 of", "any of sel_*", "all of them", "2 of them", "AND", "|", "| count() > 5", "(", ")", "*", "a*b", "-", ".", ",", "\n", "\0", "nota", "\u00E4"];

    public override string Name => "conditions";

    public override byte[] Make(Random random)
    {
        var words = new List<string>();
        Expression(words, random.Next(9), random);
        for (var times = random.Next(3) == 0 ? random.Next(4) : 0; times > 0; times--)
        {
            words.Insert(random.Next(words.Count + 1), TextMutator.Pick(Damage, random));
        }

        if (random.Next(20) == 0)
        {
            words.InsertRange(random.Next(words.Count), Enumerable.Repeat(TextMutator.Pick(["not", "(", "a or", "a and", "1 of them and", "(a or b) and"], random), random.Next(10_000)));
        }

        return Bytes(string.Join(' ', words));
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var condition = Packs.Quoted(Text(input));
        var text = new StringBuilder();
        foreach (var name in Names)
        {
            text.Append($"title: {name}\nname: {name}\nlogsource: {{ product: linux }}\ndetection: {{ s: {{ Image|contains: {name[0]} }}, condition: s }}\n---\n");
        }

        text.Append("title: detection\nlogsource: { product: linux }\ndetection:\n");
        foreach (var name in Names)
        {
            text.Append($"  {name}: {{ Image|endswith: {name[^1]} }}\n");
        }

        text.Append($"  condition: {condition}\n---\n");
        foreach (var type in (string[])["temporal", "temporal_ordered"])
        {
            text.Append($"title: {type}\ncorrelation: {{ type: {type}, timespan: 5s, group-by: [host], condition: {condition} }}\n---\n");
        }

        Packs.Evaluate(RuleLoaderTarget.Load(text.ToString()), RandomEvents.Make(Events, new Random(input.Length)));
    }

    private static void Expression(List<string> words, int depth, Random random)
    {
        switch (depth == 0 ? 0 : random.Next(5))
        {
            case 0:
                words.Add(random.Next(4) == 0 ? TextMutator.Pick(["1 of sel_*", "all of them", "any of _*"], random) : TextMutator.Pick(Names, random));
                break;
            case 1:
                words.Add("not");
                Expression(words, depth - 1, random);
                break;
            case 2:
                words.Add("(");
                Expression(words, depth - 1, random);
                words.Add(")");
                break;
            default:
                Expression(words, depth - 1, random);
                words.Add(random.Next(2) == 0 ? "and" : "or");
                Expression(words, depth - 1, random);
                break;
        }
    }
}
