using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;
using Detection.Rules;
using Detection.Rules.Parsing;
using Detection.Tests.Rules;
using Support;
using Wire.Codec;
using Xunit.Abstractions;

namespace Detection.Tests.Matching;

/// <summary>What all values of a rule, and all rules of a pack, may cost an event.</summary>
public sealed class RuleCostTests(ITestOutputHelper output)
{
    private static readonly string Longest = new('a', FrameFormat.MaxArgumentsLength);

    [Theory]
    [InlineData("contains", "?a", 64, "b")]
    [InlineData("contains", "a?", 64, "b")]
    [InlineData("endswith", "?a?a", 30, "b")]
    [InlineData("contains", "a?aa", 30, "*b?c")]
    [InlineData("contains", "aaaaaaaa", 1_000, "b")]
    [InlineData("startswith", "*?aaaaaaa", 12, "b")]
    [InlineData("cased|contains", "?aaaaaaaaaaaaaaa", 100, "b")]
    public void No_pattern_takes_more_steps_than_is_told_of_it(string modifier, string part, int times, string end)
    {
        var value = string.Concat(Enumerable.Repeat(part, times)) + end;
        var pack = Packs.Load(Packs.RuleText($"s: {{ CommandLine|{modifier}: '{value}' }}\ncondition: s"));
        if (pack.Refused.Count > 0)
        {
            Assert.Contains("steps for each character", pack.Refused[0].Reason, StringComparison.Ordinal);
            return;
        }

        var test = Assert.IsType<TextTest>(Assert.IsType<FieldItem>(Assert.IsType<Search>(pack.Rules[0].Matcher).Part).Tests[0]);
        Assert.False(test.Pattern.Matches(Longest, out var steps));
        Assert.InRange(steps, 1, test.Pattern.StepsPerCharacter * Longest.Length);
        Assert.True(test.Pattern.StepsPerCharacter <= pack.Rules[0].StepsPerCharacter);
    }

    [Theory]
    [InlineData("contains", "?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a")]
    [InlineData("re", "(a?a){120}[ab]{100}x")]
    public void Two_hundred_values_that_each_cost_much_are_refused_as_a_rule(string modifier, string start)
    {
        var values = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"'{start}{i}b'"));

        Refusals.AssertRefused(
            Packs.RuleText($"s: {{ CommandLine|{modifier}: [{values}] }}\ncondition: s"), 6, 3, "steps for each character of an event, allowed are", "fewer or plainer values");
    }

    [Fact]
    public void Searches_count_as_often_as_the_condition_names_them_and_filters_count_with_the_rule()
    {
        const string Search = "s: { CommandLine|contains: [a, b] }\ncondition: ";
        var once = Packs.Rule(Search + "s").StepsPerCharacter;
        var filtered = Packs.LoadAll(Packs.RuleText(Search + "s") + """

            ---
            title: F
            logsource: { product: linux, category: process_creation }
            filter: { rules: any, f: { Image|contains: c }, condition: not f }
            """).Rules[0].StepsPerCharacter;

        Assert.Equal(2 * LiteralSearch.StepsPerCharacter, once);
        Assert.Equal(3 * once, Packs.Rule(Search + "s or not (s and s)").StepsPerCharacter);
        Assert.Equal(once + LiteralSearch.StepsPerCharacter, filtered);
    }

    [Fact]
    public void Rules_that_no_longer_fit_a_pack_are_refused_in_the_order_of_files_and_others_load()
    {
        var each = (CostBudget.MostOfRule / LiteralSearch.StepsPerCharacter) - 1;
        var values = string.Join(", ", Enumerable.Range(0, (int)each).Select(i => $"x{i}"));
        var sources = Enumerable.Range(0, (int)(CostBudget.MostOfPack / CostBudget.MostOfRule) + 3)
            .Select(i => new RuleSource($"{i:d3}.yml", Packs.RuleText($"s: {{ CommandLine|contains: [{values}] }}\ncondition: s"))).ToList();
        sources.Add(new RuleSource("zzz.yml", Packs.RuleText("s: { Image: a }\ncondition: s")));

        var pack = RuleLoader.Load(sources);

        Assert.True(pack.Rules.Sum(rule => rule.StepsPerCharacter) <= CostBudget.MostOfPack);
        Assert.NotEmpty(pack.Refused);
        Assert.All(pack.Refused, refused => Assert.Contains("with the rules before it", refused.Reason, StringComparison.Ordinal));
        Assert.Equal("zzz.yml", pack.Rules[^1].Info.File);
        Assert.Equal(sources.Select(source => source.Name).Except(pack.Refused.Select(refused => refused.File)), pack.Rules.Select(rule => rule.Info.File));
        sources.Reverse();
        Assert.Equal(pack.Refused, RuleLoader.Load(sources).Refused);
    }

    [Fact]
    public void Expression_that_an_automaton_grows_with_lets_it_grow_by_little()
    {
        foreach (var text in (string[])["a[ab][ab][ab][ab][ab][ab][ab][ab][ab][ab][ab]c", "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)c", @"a\w\w\w\w\w\w\w\w\w\w\wc"])
        {
            Assert.True(Expression(text).HasManyRepetitions, text);
        }

        Assert.False(Expression("/(bash|dash|zsh|fish|ksh|tcsh|csh|sh|ash|busybox|mksh)").HasManyRepetitions);
        Assert.False(Expression(@"curl\s+https?://").HasManyRepetitions);
    }

    [SharedFilesFact("sigma-linux")]
    public void Public_rules_cost_a_small_part_of_what_is_allowed() => AssertFarBelow(Path.Combine(Repository.Root, "..", "shared", "sigma-linux"));

    [Fact]
    public void Shipped_rules_cost_a_small_part_of_what_is_allowed() => AssertFarBelow(Path.Combine(Repository.Root, "rules"));

    [Fact]
    public void No_program_is_visited_more_often_than_is_told_of_it()
    {
        foreach (var text in (string[])["[ab]a?.{0,490}c", "(a?a){120}[ab]{100}x1", "(a|aa|aaa|b*){40}c", @"(\ba?){99}c", "((a*)*b?)*c"])
        {
            var program = new ExpressionProgram(ExpressionParser.Parse(text, RegexOptions.None));
            Assert.False(ExpressionSearch.IsFound(program, Longest, out var visits), text);
            Assert.InRange(visits, 1, program.VisitsPerCharacter * (Longest.Length + 1));
        }
    }

    private void AssertFarBelow(string folder)
    {
        var pack = RuleLoader.Load(Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).Select(file => new RuleSource(file, File.ReadAllText(file))));
        long most = pack.Rules.Max(rule => rule.StepsPerCharacter), all = pack.Rules.Sum(rule => rule.StepsPerCharacter);
        output.WriteLine($"{pack.Rules.Count} rules, most of one {most} of {CostBudget.MostOfRule}, all {all} of {CostBudget.MostOfPack}");

        Assert.DoesNotContain(pack.Refused, refused => refused.Reason.Contains("steps for each character", StringComparison.Ordinal));
        Assert.InRange(most, 1, CostBudget.MostOfRule / 3);
        Assert.InRange(all, 1, CostBudget.MostOfPack / 6);
    }

    private static RegexTest Expression(string text) =>
        Assert.IsType<RegexTest>(Assert.IsType<FieldItem>(Assert.IsType<Search>(Packs.Rule($"s: {{ CommandLine|re: '{text}' }}\ncondition: s").Matcher).Part).Tests[0]);
}
