using System.Diagnostics;
using Detection.Rules;
using Support;

namespace Detection.Tests.Rules;

public sealed class DamagedTextTests
{
    private const string Splinters = "{}[]|:-\n \t'\"&*!%@,#>?~\0\u0085\uFEFF\uD800()9a";

    [Fact]
    public void Damaged_text_never_throws_and_every_refusal_has_a_place_and_a_reason()
    {
        var whole = Packs.Letters + File.ReadAllText(Repository.File("rules/privilege-escalation/sudo-then-shadow.yml"));
        var random = new Random(20_261_121);
        var refused = 0;

        for (var i = 0; i < 3_000; i++)
        {
            var pack = RuleLoader.Load([new RuleSource("damaged.yml", Damage(whole, random))]);

            Assert.All(pack.Refused, rule => Assert.True(rule is { Line: > 0, Column: > 0, Reason.Length: > 0 }, rule.ToString()));
            refused += pack.Refused.Count;
        }

        Assert.True(refused > 1_000, $"only {refused} refusals: the damage is too small to show anything");
    }

    [Theory]
    [InlineData("{a: ")]
    [InlineData("[")]
    [InlineData("- ")]
    public void Text_that_is_nested_very_deep_is_refused_soon(string open)
    {
        var started = Stopwatch.GetTimestamp();

        var pack = Packs.Load("title: T\na: " + string.Concat(Enumerable.Repeat(open, 100_000)));

        Assert.Contains(pack.Refused, rule => rule.Reason.Contains("nested deeper", StringComparison.Ordinal) || rule.Reason.Contains("YAML", StringComparison.Ordinal));
        // To read it to its end takes minutes.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    private static string Damage(string text, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(0, 12), text.Length - at);
            text = text.Remove(at, length).Insert(at, random.Next(3) == 0 ? "" : Splinters[random.Next(Splinters.Length)].ToString());
        }

        return text;
    }
}
