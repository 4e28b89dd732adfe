using System.Text;
using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Matching.Expressions;
using Detection.Routing;
using Detection.Rules;
using Detection.Rules.Parsing;
using Detection.Tests.Routing;
using Support;

namespace Detection.Tests.Matching;

/// <summary>Expressions that run in steps of our own: .NET's answers, in bounded time.</summary>
public sealed class ExpressionProgramTests
{
    private static readonly string[] Atoms =
    [
        "a", "b", "A", ".", @"\w", @"\W", @"\d", @"\s", "[ab]", "[^a]", "[a-z-[b]]", "[]a]", @"[\]b]", @"\p{Lu}", @"\x61", @"\u0062", @"\n", @"\.", "{", "}", "]", "a{,2}",
        "^", "$", @"\b", @"\B", @"\A", @"\z", @"\Z", "(?:)", "(?i)", "(?i:a)", "(?s:.)", "(?m:^a$)", "(?<n>a)", "(?'n'b)", "(?-i:A)", "\u0130", "\u212A", @"\0", @"\cA", @"\t",
        "[-[]", "[^-[]", @"[a\-[b]", "[+--[a]]", @"[\c]]", @"[\x41-\u0062]", @"[\60-\71-[1]]", @"[\p{L}-[a]]", "[^]]", "[]-a]", @"\c]",
    ];

    // What classes are made of, and what they may be about.
    private static readonly string[] ClassPieces =
        ["-", "[", "]", "^", @"\]", @"\[", @"\-", @"\c]", "a", "+", "a-z", "-[b]", @"\d", @"\p{L}", @"\x41", @"\u0041", @"\041", @"\c[", ":", "[:", ":]", "{", "(", ","];

    private static readonly string[] ClassLetters =
        ["a", "b", "A", "-", "[", "]", "^", "+", ",", "1", ":", "{", "(", "\\", "c", "\u001D", "\u001B", "\u00E9", "\n"];

    // Of these anything may come out.
    private static readonly string[] Scraps =
    [
        "(", ")", "(?", ":", "(?:", "<", ">", "'", "i", "x", "n", "-", "+", "*", "?", "{", "1", "2", ",", "}", "{13}", "{2}", "{14,}", @"\", "[", "]", "^", "$", "c", "p", "L", "a", "|",
        "a", "b", ")", "]", "[ab]", "(a)",
    ];

    private static readonly string[] Repetitions = ["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0,3}", "{1,}", "{2,4}?", "{0}"];

    private static readonly string[] Letters = ["a", "b", "A", "B", " ", "1", "\n", "_", "{", "\u0131", "\u212A", "K", "\u200D", "\0"];

    public static TheoryData<string> Hostile => new(
        "(a.{0,40}b){10}c", "(a.{0,40}b)*c", "((a.{0,12}b){2,5}d?)*c", "(a?b?){120}c", "(a|b)*a(a|b){150}c", "[ab]a.{490}c", @"(\w{0,45}\s?){10}!", "((a?){15}){15}b",
        "(?:a{0,20}b?){0,20}$c", @"(\b\w{1,110}\b\W?){4}!", "(x+x+){120}y", "((((a{0,4}){0,4}){0,4}){0,4})*c");

    [Fact]
    public void Random_expressions_are_found_where_dotnet_finds_them()
    {
        var random = new Random(20_261_125);
        var compared = 0;
        var found = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var pattern = Expression(random, random.Next(4));
            var options = (RegexOptions)random.Next(4) & ~RegexOptions.ExplicitCapture;
            options |= random.Next(2) == 0 ? RegexOptions.Multiline : random.Next(2) == 0 ? RegexOptions.Singleline : RegexOptions.None;
            if (Made(pattern, options) is not { } expected || HasTooManySteps(pattern, options))
            {
                continue;
            }

            var (program, bounded, automaton) = (ExpressionParser.Program(pattern, options), new LinearRegex(pattern, options, hasManyRepetitions: true), new LinearRegex(pattern, options));
            for (var texts = 0; texts < 8; texts++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Letters[random.Next(Letters.Length)]));
                Assert.True(expected.IsMatch(text) == ExpressionSearch.IsFound(program, text), $"{pattern} with {options} in '{Regex.Escape(text)}'");
                Assert.True(expected.IsMatch(text) == bounded.IsMatch(text), $"{pattern} with {options} as an automaton that grows by little in '{Regex.Escape(text)}'");
                Assert.True(expected.IsMatch(text) == automaton.IsMatch(text), $"{pattern} with {options} as an automaton in '{Regex.Escape(text)}'");
                compared++;
                found += expected.IsMatch(text) ? 1 : 0;
            }
        }

        Assert.InRange(found, compared / 10, compared * 9 / 10);
        Assert.InRange(compared, 10_000, 40_000);
    }

    [Fact]
    public void Classes_hold_the_characters_that_they_hold_for_dotnet()
    {
        var random = new Random(20_261_126);
        var (compared, found) = (0, 0);
        for (var i = 0; i < 12_000; i++)
        {
            var options = random.Next(4) == 0 ? RegexOptions.IgnoreCase : RegexOptions.None;
            var pattern = Class(random) + (random.Next(3) switch { 0 => "", 1 => "[ab]?", _ => Class(random) });
            if (Made(pattern, options) is not { } expected)
            {
                continue;
            }

            var (program, bounded, automaton) = (ExpressionParser.Program(pattern, options), new LinearRegex(pattern, options, hasManyRepetitions: true), new LinearRegex(pattern, options));
            for (var texts = 0; texts < 6; texts++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => ClassLetters[random.Next(ClassLetters.Length)]));
                Assert.True(expected.IsMatch(text) == ExpressionSearch.IsFound(program, text), $"{pattern} with {options} in '{Regex.Escape(text)}'");
                Assert.True(expected.IsMatch(text) == bounded.IsMatch(text), $"{pattern} with {options} as an automaton that grows by little in '{Regex.Escape(text)}'");
                Assert.True(expected.IsMatch(text) == automaton.IsMatch(text), $"{pattern} with {options} as an automaton in '{Regex.Escape(text)}'");
                compared++;
                found += expected.IsMatch(text) ? 1 : 0;
            }
        }

        Assert.InRange(found, compared / 10, compared * 9 / 10);
        Assert.InRange(compared, 10_000, 72_000);
    }

    [Fact]
    public void Class_ends_where_it_first_is_one_for_dotnet()
    {
        var random = new Random(20_261_127);
        var ended = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var text = Class(random);
            var end = Enumerable.Range(1, text.Length - 1).FirstOrDefault(end => text[end] == ']' && Made(text[..(end + 1)], RegexOptions.None) is not null);
            if (end > 0)
            {
                Assert.True(ExpressionSyntax.EndOfAtom(text, 0) == end, $"{text} ends at {end}, not at {ExpressionSyntax.EndOfAtom(text, 0)}");
                ended++;
            }
        }

        Assert.InRange(ended, 2_000, 4_000);
    }

    [Theory]
    [InlineData(@"[\c]]x", "\u001Dx")]
    [InlineData("a{20}[^-[]b", "aaaaaaaaaaaaaaaaaaaaxb")]
    [InlineData(@"a{20}[a\-[b]c", "aaaaaaaaaaaaaaaaaaaa-c")]
    [InlineData(@"a{20}[\c]]", "aaaaaaaaaaaaaaaaaaaa\u001D")]
    [InlineData("a{20}[+--[a]]c", "aaaaaaaaaaaaaaaaaaaa+]c")]
    public void Class_with_hyphens_and_brackets_is_found_by_scan_and_by_index(string pattern, string text)
    {
        var rule = Packs.Rule($"s: {{ CommandLine|re: '{pattern}' }}\ncondition: s");
        var view = new RecordsView((rule.Source, FieldsOnly.With("CommandLine", text)));

        Assert.Equal([(0, 0)], Matches.ByFullScan([rule], view));
        Assert.Equal([(0, 0)], Matches.ByIndex(new RuleScan(new RuleIndex([rule])), view));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_expression_takes_little_memory_and_in_steps_visits_each_a_few_times_a_character(string pattern)
    {
        var pack = Packs.LoadAll(Packs.RuleText($"s: {{ CommandLine|re: '{pattern}' }}\ncondition: s"));
        var engine = new DetectionEngine(pack);
        var program = Program(pack, pattern);
        var random = new Random(1);
        _ = engine.Evaluate(Some.Exec(Some.Process("/a", ["ab"])));

        var (sequence, visited) = (1UL, 0L);
        foreach (var letters in (string[])["ab", "ab ", "a", "ax", "ab1d"])
        {
            var text = new string([.. Enumerable.Range(0, 4_096).Select(_ => letters[random.Next(letters.Length)])]);
            var e = Some.Exec(Some.Process("/a", [text]), ++sequence);
            var allocated = GC.GetAllocatedBytesForCurrentThread();

            _ = engine.Evaluate(e);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 2_000_000);
            _ = ExpressionSearch.IsFound(program, text, out var visits);
            Assert.InRange(visits, 0, 3L * (text.Length + 1) * program.Steps.Length);
            visited += visits;
        }

        Assert.True(visited > 0);
    }

    [Theory]
    [InlineData(@"-(W|R)\s?[0-9a-f]{2,20}", 0)]
    [InlineData(@"(-W|/R)x{2,20}", 4)]
    [InlineData(@"(?:-W|\bR)x{2,20}", 4_096)]
    [InlineData(@"(?i:M)x{2,20}", 0)]
    [InlineData(@"(?i:K)x{2,20}", 4_096)]
    public void Text_is_only_gone_through_where_the_expression_can_begin(string pattern, int least)
    {
        var text = new string('a', 4_000) + "/b" + new string('a', 4_000);
        var program = new ExpressionProgram(ExpressionParser.Parse(pattern, RegexOptions.None));

        Assert.False(ExpressionSearch.IsFound(program, text, out var visits));

        Assert.InRange(visits, least, least < 100 ? 10 : long.MaxValue);
    }

    [Fact]
    public void Expression_that_loads_can_be_matched()
    {
        var random = new Random(20_261_128);
        var loaded = 0;
        for (var i = 0; i < 60; i++)
        {
            var texts = Enumerable.Range(0, 300).Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Scraps[random.Next(Scraps.Length)])));
            var pack = Packs.Load([.. texts.Select(text => Packs.RuleText($"s: {{ F|re: '{text.Replace("'", "''", StringComparison.Ordinal)}' }}\ncondition: s"))]);
            Assert.All(pack.Rules, rule => _ = rule is SigmaRule sigma && sigma.Matches(FieldsOnly.With("F", "a1-]b[c\n\u001D")));
            _ = new DetectionEngine(pack);
            loaded += pack.Rules.Count;
        }

        Assert.InRange(loaded, 2_000, 18_000);
    }

    [Fact]
    public void Test_of_a_character_that_dotnet_does_not_take_fails_before_it_is_asked()
    {
        Assert.Throws<RegexParseException>(() => new CharacterTest(@"[\c]", RegexOptions.None).Prepare());
        Assert.Throws<RegexParseException>(() => new CharacterTest("*", RegexOptions.None).Prepare());
        Assert.Throws<RegexParseException>(() => new CharacterTest(@"\c", RegexOptions.None).Prepare());
        Assert.Throws<RegexParseException>(() => new CharacterTest("[", RegexOptions.None).Prepare());
    }

    [Theory]
    [InlineData("(){999999999}a{20}", "aaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("(.){200,}", "short", false)]
    [InlineData("(a*)*b{13}", "aaabbbbbbbbbbbbb", true)]
    public void Many_repetitions_are_found(string pattern, string text, bool isFound)
    {
        Assert.Equal(isFound, new LinearRegex(pattern, RegexOptions.None, hasManyRepetitions: true).IsMatch(text));
        Assert.Equal(isFound, Packs.Rule($"s: {{ CommandLine|re: '{pattern}' }}\ncondition: s").Matches(FieldsOnly.With("CommandLine", text)));
    }

    [Theory]
    [InlineData("[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}", 9)]
    [InlineData("(a{2}b?){3}", 10)]
    [InlineData("a?b*c+(?:d)(e{0,20})", 20)]
    public void Steps_that_repetitions_add(string pattern, long about) =>
        Assert.InRange(ExpressionSize.Repeated(pattern), about - 3, about + 3);

    [Fact]
    public void Text_is_searched_without_allocation()
    {
        var program = new ExpressionProgram(ExpressionParser.Parse("(a.{0,40}b){10}c", RegexOptions.None));
        var text = new string('a', 4_096);
        Assert.False(ExpressionSearch.IsFound(program, text));
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(ExpressionSearch.IsFound(program, text));

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    // .NET's automaton would take up to minutes and gigabytes for any of these.
    private static ExpressionProgram Program(RulePack pack, string pattern)
    {
        var item = Assert.IsType<FieldItem>(Assert.IsType<Search>(pack.Rules[0].Matcher).Part);
        Assert.True(Assert.IsType<RegexTest>(item.Tests[0]).HasManyRepetitions);
        return new ExpressionProgram(ExpressionParser.Parse(pattern, RegexOptions.None));
    }

    private static Regex? Made(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool HasTooManySteps(string pattern, RegexOptions options)
    {
        try
        {
            ExpressionParser.Parse(pattern, options);
            return false;
        }
        catch (NotSupportedException e) when (e.Message.EndsWith(" steps", StringComparison.Ordinal))
        {
            return true;
        }
    }

    private static string Class(Random random) =>
        $"[{string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => ClassPieces[random.Next(ClassPieces.Length)]))}]";

    private static string Expression(Random random, int depth)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 4); parts > 0; parts--)
        {
            text.Append(depth > 0 && random.Next(2) == 0
                ? $"({(random.Next(2) == 0 ? "?:" : "")}{Expression(random, depth - 1)}{(random.Next(3) == 0 ? "|" + Expression(random, depth - 1) : "")})"
                : Atoms[random.Next(Atoms.Length)]);
            text.Append(Repetitions[random.Next(Repetitions.Length)]);
        }

        return text.ToString();
    }
}
