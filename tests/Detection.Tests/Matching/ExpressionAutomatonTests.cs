using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;
using Detection.Rules;
using Detection.Tests.Rules;
using Support;
using Wire.Codec;
using Xunit.Abstractions;

namespace Detection.Tests.Matching;

/// <summary>Expressions that run as an automaton: .NET's answers whatever it has forgotten, and bounded growth.</summary>
public sealed class ExpressionAutomatonTests(ITestOutputHelper output)
{
    private static readonly string[] Expressions =
    [
        "(a|b)*a(a|b){6}c", "^a+b|b$", @"\bab\b|\Ba\B", "(?m)^b$|a$", @"a\Z|\Ab\z", "(?s)a.b|[^a]\n$", "(?i)k[^a]s", @"\w\W\d|\p{Lu}a", "(a?b){3}c|^$", "",
        @"^\S*a( |$)", "a|b|ab|ba+c", "[^b]{4}a", @"(\s|^)a+(\s|$)",
    ];

    private static readonly string[] Letters = ["a", "b", "c", "K", "s", " ", "\n", "1", "\u00E9", "\u212A", "\u017F", "\uD83D"];

    [Fact]
    public void Automaton_finds_what_dotnet_finds_however_little_it_may_keep()
    {
        var random = new Random(20_261_129);
        var (compared, found, forgotten) = (0, 0, 0);
        foreach (var expression in Expressions)
        {
            var expected = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            var program = ExpressionParser.Program(expression, RegexOptions.None);
            var automata = new[] { 1, 2, 5, ExpressionAutomaton.MostNodes }.Select(most => new ExpressionAutomaton(program, most)).ToList();
            for (var texts = 0; texts < 400; texts++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)]));
                foreach (var automaton in automata)
                {
                    var answer = automaton.IsFound(text);
                    Assert.True(answer is null || answer == expected.IsMatch(text), $"{expression} in '{Regex.Escape(text)}'");
                    forgotten += answer is null ? 1 : 0;
                }

                Assert.NotNull(automata[^1].IsFound(text));
                compared++;
                found += expected.IsMatch(text) ? 1 : 0;
            }
        }

        Assert.InRange(found, compared / 10, compared * 9 / 10);
        Assert.InRange(forgotten, compared / 10, 3 * compared);
    }

    [Fact]
    public void Way_that_is_known_is_not_found_out_again()
    {
        var automaton = new ExpressionAutomaton(ExpressionParser.Program("(a|b)*a(a|b){4}c", RegexOptions.None));
        var text = RandomText("ab", 4_096, new Random(1));
        Assert.False(automaton.IsFound(text));
        var ways = automaton.WaysFound;

        Assert.False(automaton.IsFound(text));

        Assert.Equal(ways, automaton.WaysFound);
        Assert.InRange(ways, 1, 3 * 64);
    }

    [Fact]
    public void Automaton_that_has_grown_too_large_gives_up_and_the_steps_answer()
    {
        // 2^15 nodes.
        const string Expression = "(a|b)*a(a|b){14}c";
        var program = ExpressionParser.Program(Expression, RegexOptions.None);
        var automaton = new ExpressionAutomaton(program);
        var expression = new LinearRegex(Expression, RegexOptions.None);
        var random = new Random(1);
        var (ways, gaveUp) = (0L, 0);
        for (var i = 0; i < 20; i++)
        {
            var text = RandomText("ab", FrameFormat.MaxArgumentsLength, random);
            gaveUp += automaton.IsFound(text) is null ? 1 : 0;

            // Each text costs at most what an automaton may keep, and then the steps.
            Assert.InRange(automaton.WaysFound - ways, 0, 4 * ExpressionAutomaton.MostNodes);
            ways = automaton.WaysFound;
            Assert.False(expression.IsMatch(text));
            Assert.True(expression.IsMatch(text + "abbbbbbbbbbbbbbc"));
        }

        Assert.Equal(20, gaveUp);
        Assert.False(automaton.IsFound("cccc"));
    }

    [Fact]
    public void Text_adds_no_more_ways_than_it_may_and_what_texts_share_is_known_after_some()
    {
        // 2^15 nodes, but not for texts like these.
        var program = ExpressionParser.Program("(a|b)*a(a|b){14}c", RegexOptions.None);
        var automaton = new ExpressionAutomaton(program);
        var texts = Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Repeat("d ab", 10)) + new string('a', i % 17) + "c").ToList();
        var unknown = new List<int>();
        for (var round = 0; round < 10; round++)
        {
            unknown.Add(0);
            foreach (var text in texts)
            {
                var ways = automaton.WaysFound;
                var answer = automaton.IsFound(text, mostWays: 1);
                Assert.InRange(automaton.WaysFound - ways, 0, 1);
                Assert.True(answer is null || answer == ExpressionSearch.IsFound(program, text), text);
                unknown[^1] += answer is null ? 1 : 0;
            }
        }

        Assert.InRange(unknown[0], 1, texts.Count);
        Assert.Equal(0, unknown[^1]);
    }

    [Fact]
    public void Text_of_an_expression_with_many_repetitions_adds_little_and_what_is_read_again_needs_no_steps_however_often_it_was_forgotten()
    {
        const string Expression = "(a|b)*a(a|b){14}c";
        var rule = Packs.Rule($"s: {{ CommandLine|re: '{Expression}' }}\ncondition: s");
        var told = Assert.IsType<RegexTest>(Assert.IsType<FieldItem>(Assert.IsType<Search>(rule.Matcher).Part).Tests[0]);
        var program = ExpressionParser.Program(Expression, RegexOptions.None);
        Assert.True(told.HasManyRepetitions);
        Assert.Equal(program.VisitsPerCharacter * 9 / 8, told.StepsPerCharacter);

        var expression = new LinearRegex(Expression, RegexOptions.None, hasManyRepetitions: true);
        var random = new Random(1);
        var (before, forgotten) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var ways = expression.Automaton?.WaysFound ?? 0;
            var text = RandomText("ab", FrameFormat.MaxStringLength, random) + (i % 2 == 0 ? "abbbbbbbbbbbbbbc" : "");
            Assert.Equal(i % 2 == 0, expression.IsMatch(text));
            Assert.InRange(expression.Automaton!.WaysFound - ways, 0, LinearRegex.MostWays(text.Length));
            Assert.InRange(expression.Automaton.Nodes, 1, LinearRegex.NodesOfMany);
            forgotten += expression.Automaton.Nodes < before ? 1 : 0;
            before = expression.Automaton.Nodes;
        }

        Assert.InRange(forgotten, 3, 199);

        // Longer than what is remembered with its answer.
        var usual = string.Concat(Enumerable.Repeat("d ab", 200));
        for (var i = 0; i < 20; i++)
        {
            Assert.False(expression.IsMatch(usual));
        }

        var known = expression.Automaton!.WaysFound;
        Assert.Equal(false, expression.Automaton.IsFound(usual, mostWays: 0));
        Assert.Equal(known, expression.Automaton.WaysFound);
    }

    [Fact]
    public void Nodes_in_which_many_steps_wait_are_fewer()
    {
        var program = ExpressionParser.Program("[ab]a.{490}c", RegexOptions.None);
        var text = RandomText("ab", FrameFormat.MaxArgumentsLength, new Random(1));
        var (bounded, unbounded) = (new ExpressionAutomaton(program, mostWaiting: 100_000), new ExpressionAutomaton(program));

        Assert.Null(bounded.IsFound(text));
        Assert.Null(unbounded.IsFound(text));

        // Some 120 of 490 wait in each.
        Assert.InRange(bounded.WaysFound, 100, 2_000);
        Assert.InRange(unbounded.WaysFound, ExpressionAutomaton.MostNodes, 2 * ExpressionAutomaton.MostNodes);
    }

    [Fact]
    public void Expression_of_few_repetitions_keeps_all_that_it_was_let_in_with()
    {
        // A node for each of its 498 characters, with up to as many steps that wait.
        var expression = new LinearRegex(new string('a', 250) + "[ab]" + new string('a', 247) + "c", RegexOptions.None);
        var text = new string('a', 498) + "b" + new string('a', 150);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(expression.IsMatch(text));
        }

        Assert.Equal(false, expression.Automaton!.IsFound(text, mostWays: 0));
    }

    [Fact]
    public void Text_is_searched_without_allocation_once_its_ways_are_known()
    {
        var automaton = new ExpressionAutomaton(ExpressionParser.Program(@"^(b|1)\S*a( |$)x|[0-9]{2}x", RegexOptions.None));
        var text = RandomText("ab1\u00E9", 4_096, new Random(1));
        Assert.False(automaton.IsFound(text));
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(automaton.IsFound(text));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Fact]
    public void Texts_for_which_the_automaton_grows_too_large_are_answered_as_by_the_runtime_again_and_again()
    {
        const string Pattern = "x(aa)*y|x(aaa)*z|x(aaaaa)*w|x(aaaaaaa)*v|x(aaaaaaaaaaa)*u|x(aaaaaaaaaaaaa)*t";
        var expression = new LinearRegex(Pattern, RegexOptions.None);
        var runtime = new Regex(Pattern, RegexOptions.NonBacktracking);

        foreach (var (length, end) in new[] { (10_010, 'y'), (10_011, 'z'), (10_011, 'y'), (10_010, 'w'), (10_011, 'v'), (9, 'z') })
        {
            var text = "x" + new string('a', length) + end;
            Assert.Equal(runtime.IsMatch(text), expression.IsMatch(text));
        }
    }

    [Theory]
    [InlineData(@"a\12b", "a\nb")]
    [InlineData(@"\101+", "xAA")]
    public void Expression_that_only_dotnet_takes_is_found_by_it(string pattern, string text)
    {
        Assert.Throws<NotSupportedException>(() => ExpressionParser.Program(pattern, RegexOptions.None));
        Assert.True(new LinearRegex(pattern, RegexOptions.None).IsMatch(text));
        Assert.False(new LinearRegex(pattern, RegexOptions.None).IsMatch("x"));
        Assert.True(Packs.Rule($"s: {{ CommandLine|re: '{pattern}' }}\ncondition: s").Matches(FieldsOnly.With("CommandLine", text)));
    }

    [Fact]
    public async Task Threads_share_an_expression()
    {
        var expression = new LinearRegex(@"(^|\s)a+(b|c)\b", RegexOptions.None);
        var expected = new Regex(@"(^|\s)a+(b|c)\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 2_000; i++)
            {
                var text = RandomText("abc \n", random.Next(20), random);
                Assert.Equal(expected.IsMatch(text), expression.IsMatch(text));
            }
        })));
    }

    [Fact]
    public void Shipped_rules_stay_far_below_what_an_automaton_may_keep() => AssertSmall(Path.Combine(Repository.Root, "rules"));

    [SharedFilesFact("sigma-linux")]
    public void Public_rules_stay_far_below_what_an_automaton_may_keep() => AssertSmall(Path.Combine(Repository.Root, "..", "shared", "sigma-linux"));

    // Texts of the expressions' own pieces reach more of their nodes than any others.
    private void AssertSmall(string folder)
    {
        var pack = RuleLoader.Load(Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).Select(file => new RuleSource(file, File.ReadAllText(file))));
        var expressions = pack.Rules.SelectMany(rule => TestsOf(rule.Matcher)).OfType<RegexTest>().DistinctBy(test => (test.Text, test.Options)).ToList();
        var all = 0L;
        foreach (var expression in expressions)
        {
            var program = ExpressionParser.Program(expression.Text, expression.Options);
            var automaton = new ExpressionAutomaton(program, LinearRegex.NodesOfMany / 2);
            var random = new Random(1);
            for (var i = 0; i < 40; i++)
            {
                var text = PiecesOf(expression.Text, random);
                Assert.True(automaton.IsFound(text) is { } found && found == ExpressionSearch.IsFound(program, text), expression.Text);
            }

            output.WriteLine($"{automaton.WaysFound} ways of {automaton.Nodes} nodes: {expression.Text}");
            all += automaton.Nodes;
        }

        output.WriteLine($"{expressions.Count} expressions, {all} nodes");
        Assert.NotEmpty(expressions);
    }

    private static string PiecesOf(string expression, Random random)
    {
        var text = "";
        while (text.Length < 3_000)
        {
            var start = random.Next(expression.Length);
            text += expression.Substring(start, random.Next(1, Math.Min(12, expression.Length - start) + 1)).Replace("\\", random.Next(4) == 0 ? "\\" : "", StringComparison.Ordinal);
        }

        return text;
    }

    private static string RandomText(string letters, int length, Random random) =>
        new([.. Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)])]);

    private static IEnumerable<ValueTest> TestsOf(Matcher matcher) => matcher switch
    {
        AllOf all => all.Parts.SelectMany(TestsOf),
        AnyOf any => any.Parts.SelectMany(TestsOf),
        Not not => TestsOf(not.Part),
        Search search => TestsOf(search.Part),
        FieldItem item => item.Tests.SelectMany(TestsOf),
        KeywordItem item => item.Tests.SelectMany(TestsOf),
        _ => [],
    };

    private static IEnumerable<ValueTest> TestsOf(ValueTest test) => test is AnyTest any ? any.Tests.SelectMany(TestsOf) : [test];
}
