using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Detection.Matching.Expressions;
using Detection.Rules;
using Detection.Taxonomy;
using Support;
using Wire.Codec;

namespace Detection.Tests.Matching;

/// <summary>What an expression may cost an event: its steps are bounded, and so is the text that each way in lets through.</summary>
public sealed class ExpressionCostTests
{
    // All its steps are come to at nearly each character.
    private const string Worst = "[ab]a?.{0,490}c";
    private const long MostVisits = 3 * ProgramSize.Most;

    [Fact]
    public void Line_of_a_log_costs_at_most_a_bounded_number_of_steps()
    {
        var text = new string('a', FieldEventReader.MaxTextLength);
        Assert.True(Read(Json(text)));
        Assert.False(Read(Json(text + "a")));
        Assert.False(Read($$"""{"a":"{{text[1..]}}","b":["a","a"]}"""));

        var visits = Visits(text);

        // Nobody can do with a line what takes minutes: at a few ns a step this is half a second.
        Assert.InRange(visits, 50_000_000, MostVisits * (text.Length + 1));
        Assert.InRange(visits, 50_000_000, 210_000_000);
    }

    [Fact]
    public void Text_of_a_frame_costs_at_most_a_bounded_number_of_steps()
    {
        var longest = Math.Max(FrameFormat.MaxStringLength, FrameFormat.MaxArgumentsLength);

        Assert.InRange(Visits(new string('a', longest)), 10_000_000, 52_000_000);
        Assert.InRange(MostVisits * (longest + 1), 1, 52_000_000);
    }

    [Theory]
    [InlineData("(", "){0,1}", 100, "{400}")]
    [InlineData("(", "){1,}", 60, "b{20}")]
    [InlineData("(", ")*", 150, "{3}")]
    public void Repetitions_one_in_the_other_do_not_multiply_unseen(string open, string close, int depth, string end)
    {
        var text = $"({Nested(open, "a", close, depth)}){end}";
        var pack = Packs.Load(Packs.RuleText($"s: {{ CommandLine|re: '{text}' }}\ncondition: s"));
        if (pack.Rules.Count > 0)
        {
            Assert.InRange(Program(text).Steps.Length, 1, (int)ProgramSize.Most);
            return;
        }

        Assert.Contains("steps", Assert.Single(pack.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Size_is_told_without_making_the_program()
    {
        foreach (var text in (string[])[
            "a", "ab|c|", "a?", "a*", "a+", "a{3}", "a{2,}", "a{2,5}", "(a+b?){0,3}", "((a{0,4}){0,4})*c", "(){5}", "()*", "(){0,3}", "(){2,}", "(^|a)+", "((a+)+)+"])
        {
            var part = ExpressionParser.Parse(text, RegexOptions.None);
            Assert.True(ProgramSize.Of(part) == new ExpressionProgram(part).Steps.Length, text);
        }
    }

    private static long Visits(string text)
    {
        var program = Program(Worst);
        Assert.Empty(Packs.Load(Packs.RuleText($"s: {{ CommandLine|re: '{Worst}' }}\ncondition: s")).Refused);
        Assert.False(ExpressionSearch.IsFound(program, text, out var visits));
        return visits;
    }

    private static ExpressionProgram Program(string text) => new(ExpressionParser.Parse(text, RegexOptions.None));

    private static string Nested(string open, string inner, string close, int depth) =>
        new StringBuilder().Insert(0, open, depth).Append(inner).Insert(open.Length * depth + inner.Length, close, depth).ToString();

    private static string Json(string text) => string.Create(CultureInfo.InvariantCulture, $"{{\"a\":\"{text}\"}}");

    private static bool Read(string json) => FieldEventReader.TryRead(Encoding.UTF8.GetBytes(json), 1, 0, out _, out _);
}
