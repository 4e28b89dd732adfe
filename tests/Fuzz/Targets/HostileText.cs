using System.Text;
using Detection;
using Support;

namespace Fuzz.Targets;

/// <summary>A pattern and a text that makes it work, as one input: the pattern is the first line.</summary>
internal static class HostileText
{
    /// <summary>Most characters: what the sensor keeps of a command line is a quarter of it.</summary>
    private const int Longest = 16_384;

    /// <summary>An input: a pattern, and a long text of its characters that nearly fits.</summary>
    public static string After(string pattern, Random random)
    {
        var letters = pattern.Where(char.IsLetterOrDigit).Distinct().Take(4).DefaultIfEmpty('a').Append(' ').ToArray();
        var few = letters.Length > 2 && random.Next(2) == 0 ? letters[..2] : letters;
        var text = new StringBuilder(pattern).Append('\n');
        var length = 1 << random.Next(15);
        while (text.Length < length)
        {
            switch (random.Next(length < 200 ? 3 : 40))
            {
                case 0:
                    text.Append(few[0], random.Next(length));
                    break;
                case 1:
                    text.Append(TextMutator.Pick(Words.Characters, random));
                    break;
                default:
                    text.Append(few[random.Next(few.Length)]);
                    break;
            }
        }

        return text.Length > Longest ? text.ToString(0, Longest) : text.ToString();
    }

    /// <summary>The parts of an input.</summary>
    public static (string Pattern, string Text) Split(string input) =>
        input.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? (input[..end], input[(end + 1)..]) : (input, "");

    /// <summary>Loads a rule and gives it a command line that is the text, and its second half: the rule may have learned from the first.</summary>
    public static void Match(string rule, string text)
    {
        var engine = new DetectionEngine(RuleLoaderTarget.Load(rule));
        _ = engine.Evaluate(Some.Exec(Some.Process("/bin/x", [text]), 1));
        _ = engine.Evaluate(Some.Exec(Some.Process("/bin/x", [text[(text.Length / 2)..]]), 2));
    }
}
