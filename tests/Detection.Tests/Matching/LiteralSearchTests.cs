using System.Text;
using Detection.Matching;

namespace Detection.Tests.Matching;

public sealed class LiteralSearchTests
{
    // With what is equal to it when case is ignored, and what only looks so; the last two are one character each, in two units.
    private static readonly string[] Characters = ["a", "A", "b", "k", "\u212a", "s", "\u017f", "i", "\u0131", "\u0130", "\u00e9", "\u00c9", "\u00df", "\U00010428", "\U00010400"];

    [Fact]
    public void Same_as_dotnet_in_long_texts()
    {
        var random = new Random(7);
        int found = 0, missed = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var letters = Characters[..random.Next(2, Characters.Length + 1)];
            var text = Draw(random, letters, 2_500);
            var literal = Draw(random, letters, random.Next(10, 40));
            if (random.Next(3) > 0)
            {
                var runes = text.EnumerateRunes().Skip(random.Next(2_000)).Take(random.Next(10, 300)).ToList();
                literal = string.Concat(runes.Select(rune => random.Next(3) == 0 ? Rune.ToUpperInvariant(rune) : rune));
            }

            foreach (var comparison in (StringComparison[])[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
            {
                var expected = text.IndexOf(literal, comparison);
                Assert.Equal(expected, new LiteralSearch(literal, comparison).Find(text));
                Assert.Equal(expected >= 0, LiteralSearch.Contains(text, literal, comparison));
                (found, missed) = expected >= 0 ? (found + 1, missed) : (found, missed + 1);
            }
        }

        Assert.True(found > 500 && missed > 500);
    }

    [Fact]
    public void Every_character_of_two_units_is_equal_to_the_same_ones_as_for_dotnet()
    {
        // Long enough that .NET does not search.
        var rest = new string('x', 200);
        foreach (var rune in Enumerable.Range(0x10000, 0x10FFFF - 0x10000).Select(value => new Rune(value))
            .Where(rune => Rune.ToUpperInvariant(rune) != rune || Rune.ToLowerInvariant(rune) != rune))
        {
            foreach (var other in (Rune[])[Rune.ToUpperInvariant(rune), Rune.ToLowerInvariant(rune), new Rune(rune.Value ^ 1)])
            {
                Assert.Equal($"{rest}{rune}".Contains($"{rest}{other}", StringComparison.OrdinalIgnoreCase), LiteralSearch.Contains($"{rest}{rune}", $"{rest}{other}", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Theory]
    [InlineData("", 4_000, "b")]
    [InlineData("b", 4_000, "")]
    [InlineData("", 3, "b")]
    [InlineData("a", 1_000, "\u00e9")]
    public void Text_that_nearly_fits_everywhere_costs_a_few_steps_a_character(string before, int count, string after)
    {
        var text = new string('a', 16_384);
        new LiteralSearch(before + new string('a', count) + after, StringComparison.OrdinalIgnoreCase).Find(text, out var steps);

        Assert.InRange(steps, text.Length, LiteralSearch.StepsPerCharacter * (long)text.Length);
    }

    private static string Draw(Random random, string[] letters, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
}
