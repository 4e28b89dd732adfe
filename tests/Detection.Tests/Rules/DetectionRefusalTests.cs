namespace Detection.Tests.Rules;

public sealed class DetectionRefusalTests
{
    [Theory]
    [InlineData("s: { CommandLine|regex: x }\ncondition: s", 6, 8, "modifier 'regex' is not known", "base64offset")]
    [InlineData("s: { CommandLine|: x }\ncondition: s", 6, 8, "modifier '' is not known", "known: ")]
    [InlineData("s: { CommandLine|Contains: x }\ncondition: s", 6, 8, "modifier 'Contains' is not known", "contains")]
    [InlineData("s: { CommandLine|contains|contains: x }\ncondition: s", 6, 8, "modifier 'contains' stands twice", "once")]
    [InlineData("s: { CommandLine|wide|utf16le|base64: x }\ncondition: s", 6, 8, "modifier 'utf16le' stands twice", "once")]
    [InlineData("s: { CommandLine|re|i|ignorecase: x }\ncondition: s", 6, 8, "modifier 'ignorecase' stands twice", "once")]
    [InlineData("s: { CommandLine|contains|endswith: x }\ncondition: s", 6, 8, "exclude each other", "two items")]
    [InlineData("s: { CommandLine|gt|lt: 1 }\ncondition: s", 6, 8, "exclude each other", "two items")]
    [InlineData("s: { CommandLine|contains|re: x }\ncondition: s", 6, 8, "modifier 're' must be the first", "re before")]
    [InlineData("s: { CommandLine|re|cased: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|re|expand: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|re|windash: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|re|cidr: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|fieldref|base64: x }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|gt|contains: 5 }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|hour|day: 5 }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|hour|cased: 5 }\ncondition: s", 6, 8, "cannot be used together", "two items")]
    [InlineData("s: { CommandLine|i: x }\ncondition: s", 6, 8, "modifier 'i' must follow 're'", "re|i")]
    [InlineData("s: { CommandLine|contains|s: x }\ncondition: s", 6, 8, "modifier 's' must follow 're'", "re|s")]
    [InlineData("s: { CommandLine|exists|all: true }\ncondition: s", 6, 8, "modifier 'exists' must be the only one", "exists: true")]
    [InlineData("s: { CommandLine|exists|neq: true }\ncondition: s", 6, 8, "modifier 'exists' must be the only one", "exists: false")]
    [InlineData("s: { CommandLine|exists: maybe }\ncondition: s", 6, 28, "the value of exists must be true or false", "true or false")]
    [InlineData("s: { CommandLine|exists: 'true' }\ncondition: s", 6, 28, "the value of exists must be true or false", "without quotes")]
    [InlineData("s: { CommandLine|exists: [true] }\ncondition: s", 6, 28, "the value of exists must be true or false", "true or false")]
    [InlineData("s: { CommandLine|cidr|all: 10.0.0.0/8 }\ncondition: s", 6, 8, "modifier 'cidr' must be the only one", "one item")]
    [InlineData("s: { CommandLine|cidr: 10.0.0.1/8 }\ncondition: s", 6, 26, "'10.0.0.1/8' is not a network", "without host bits")]
    [InlineData("s: { CommandLine|cidr: 10.0.0.0/33 }\ncondition: s", 6, 26, "'10.0.0.0/33' is not a network", "10.0.0.0/8")]
    [InlineData("s: { CommandLine|cidr: 'fd00::1/8' }\ncondition: s", 6, 26, "'fd00::1/8' is not a network", "10.0.0.0/8")]
    [InlineData("s: { CommandLine|gt: '5' }\ncondition: s", 6, 24, "a comparison needs a number", "without quotes")]
    [InlineData("s: { CommandLine|hour: noon }\ncondition: s", 6, 26, "a comparison needs a number", "without quotes")]
    [InlineData("s: { CommandLine|hour: 24 }\ncondition: s", 6, 26, "no time has such a part: '24' can never match", "hour 0 to 23")]
    [InlineData("s: { CommandLine|hour: 1.5 }\ncondition: s", 6, 26, "whole number", "without decimals")]
    [InlineData("s: { CommandLine|contains: 5 }\ncondition: s", 6, 30, "'5' is not text", "quotes")]
    [InlineData("s: { CommandLine|startswith: null }\ncondition: s", 6, 32, "'null' is not text", "quotes")]
    [InlineData("s: { CommandLine|base64: 5 }\ncondition: s", 6, 28, "'5' is not text", "quotes")]
    [InlineData("s: { CommandLine|fieldref: 5 }\ncondition: s", 6, 30, "must be the name of a field", "ParentImage")]
    [InlineData("s: { CommandLine|fieldref: '' }\ncondition: s", 6, 30, "must be the name of a field", "ParentImage")]
    [InlineData("s: { CommandLine|base64: 'a*' }\ncondition: s", 6, 28, "a wildcard cannot be encoded", "a backslash before it")]
    [InlineData("s: { CommandLine|contains|base64: 'a' }\ncondition: s", 6, 8, "a wildcard cannot be encoded by 'base64'", "after base64")]
    [InlineData("s: { CommandLine|base64offset|contains: 'a' }\ncondition: s", 6, 43, "less than 2 bytes", "a longer text")]
    [InlineData("s: { CommandLine|utf16|contains: 'ab' }\ncondition: s", 6, 36, "no text that an event could hold", "base64")]
    [InlineData("s: { CommandLine|wide|contains: 'ä' }\ncondition: s", 6, 35, "no text that an event could hold", "base64")]
    [InlineData("s: { CommandLine|wide|utf16be|base64: 'a' }\ncondition: s", 6, 8, "only one of utf16le", "two items")]
    [InlineData("s: { CommandLine|base64|windash: '-a' }\ncondition: s", 6, 8, "encoded text", "windash before")]
    [InlineData("s: { CommandLine|base64|expand: '%a%' }\ncondition: s", 6, 8, "encoded text", "expand before")]
    [InlineData("s: { CommandLine|windash|base64: '-a -b -c -d -e -f' }\ncondition: s", 6, 36, "more than 10000 texts", "fewer dashes")]
    [InlineData("s: { CommandLine|expand: '%admins%' }\ncondition: s", 6, 28, "placeholder '%admins%' has no value", "placeholders: { admins: [value, ...] }")]
    [InlineData("s: { CommandLine: on }\ncondition: s", 6, 21, "'on' means different things", "quotes")]
    [InlineData("s: { CommandLine: 010 }\ncondition: s", 6, 21, "'010' means different things", "quotes")]
    [InlineData("s: { CommandLine: [] }\ncondition: s", 6, 21, "the list of values is empty", "at least one")]
    [InlineData("s: { CommandLine: [[a]] }\ncondition: s", 6, 22, "a value must be text", "one list")]
    [InlineData("s: { CommandLine: { a: b } }\ncondition: s", 6, 21, "a value must be text", "one list")]
    [InlineData("s: {}\ncondition: s", 6, 6, "the search is empty", "keywords")]
    [InlineData("s: []\ncondition: s", 6, 6, "the search is empty", "keywords")]
    [InlineData("s:\ncondition: s", 6, 5, "the search is empty", "keywords")]
    [InlineData("s: [a, '']\ncondition: s", 6, 10, "an empty keyword", "text to look for")]
    [InlineData("s: [a, null]\ncondition: s", 6, 10, "an empty keyword", "text to look for")]
    [InlineData("s: { '|exists': true }\ncondition: s", 6, 8, "need a field", "before the first |")]
    [InlineData("s: { '|gt': 5 }\ncondition: s", 6, 8, "need a field", "before the first |")]
    [InlineData("s: { '|fieldref': User }\ncondition: s", 6, 8, "need a field", "before the first |")]
    [InlineData("'': { Image: a }\ncondition: s", 6, 3, "a search needs a name", "selection")]
    [InlineData("s: { Image: a }\ntimeframe: 5m\ncondition: s", 7, 14, "timeframe", "correlation rule")]
    [InlineData("s: { Image: a }\ns: { Image: b }\ncondition: s", 7, 3, "key 's' stands twice", "one list")]
    public void Item_is_refused_with_place_reason_and_way_out(string detection, int line, int column, string reason, string wayOut) =>
        Refusals.AssertRefused(Packs.RuleText(detection), line, column, reason, wayOut);

    [Theory]
    [InlineData("endwith", "did you mean endswith? known: contains")]
    [InlineData("Contain", "did you mean contains? known: contains")]
    [InlineData("x", "known: contains")]
    public void A_mistyped_modifier_is_told_with_the_nearest_one(string modifier, string wayOut)
    {
        var refused = Assert.Single(Packs.Load(Packs.RuleText($"s: {{ Image|{modifier}: a }}\ncondition: s")).Refused);

        Assert.StartsWith(wayOut, refused.WayOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s: { CommandLine|re: '(a)\\1' }\ncondition: s")]
    [InlineData("s: { CommandLine|base64: 'a*' }\ncondition: s")]
    public void Words_of_ours_need_no_escaping(string detection)
    {
        var refused = Assert.Single(Packs.Load(Packs.RuleText(detection)).Refused);

        Assert.DoesNotContain('\\', refused.Reason + refused.WayOut);
    }

    [Theory]
    [InlineData("a(?=b)", "cannot be run in linear time", "no look-around")]
    [InlineData("(?<!a)b", "cannot be run in linear time", "no look-around")]
    [InlineData("(a)\\1", "cannot be run in linear time", "back-reference")]
    [InlineData("(?<x>a)\\k<x>", "cannot be run in linear time", "back-reference")]
    [InlineData("(a)\\<1>", "cannot be run in linear time", "back-reference")]
    [InlineData("(?<x>a)(?<y-x>b)", "cannot be run in linear time", "split")]
    [InlineData("(?>a+)b", "cannot be run in linear time", "atomic")]
    [InlineData("(a)?(?(1)b|c)", "cannot be run in linear time", "conditional")]
    [InlineData("\\Ga", "cannot be run in linear time", "split")]
    [InlineData("a(", "not a regular expression", ".NET")]
    [InlineData("[z-a]", "not a regular expression", ".NET")]
    [InlineData("a{3}{4}", "not a regular expression", ".NET")]
    [InlineData("(?x)a b", "free spacing", "without them")]
    [InlineData("(?X)a b", "free spacing", "without them")]
    [InlineData("(?i+x)a b", "free spacing", "without them")]
    [InlineData("(?i-n+X:a b)", "free spacing", "without them")]
    [InlineData("(a{1000})(?#hidden){1000}", "comments", "without them")]
    [InlineData("(a{100}){100}", "more than 500 steps", "smaller numbers")]
    [InlineData("(?:(a{2000,})+){3}", "more than 500 steps", "smaller numbers")]
    [InlineData("[-[](a{500}){500}", "more than 500 steps", "smaller numbers")]
    [InlineData("[a\\-[](a{500}){500}", "more than 500 steps", "smaller numbers")]
    [InlineData("[]a{]{5000}", "more than 500 steps", "smaller numbers")]
    [InlineData("", "an empty regular expression", "exists")]
    public void Expression_is_refused_with_place_reason_and_way_out(string expression, string reason, string wayOut) =>
        Refusals.AssertRefused(Packs.RuleText($"s: {{ CommandLine|re: '{expression}' }}\ncondition: s"), 6, 24, reason, wayOut);

    [Theory]
    [InlineData('a', 8_193)]
    [InlineData('?', 129)]
    public void Value_that_costs_too_much_at_each_place_of_a_long_text_is_refused(char part, int times) =>
        Refusals.AssertRefused(
            Packs.RuleText($"s: {{ CommandLine: '{new string(part, times)}' }}\ncondition: s"), 6, 21, "more than 8192 characters or 128", "several values");

    [Fact]
    public void Condition_of_very_many_words_is_refused() =>
        Refusals.AssertRefused(
            Packs.RuleText($"a: {{ Image: a }}\ncondition: {string.Concat(Enumerable.Repeat("a and ", 1_000))}a"), 7, 14, "more than 2000 words", "several rules");

    [Theory]
    [InlineData("(?'x'a)(?'y-x'b)")]
    [InlineData("(a)\\'1'")]
    public void Expression_with_quotes_that_is_not_linear_is_refused(string expression) =>
        Refusals.AssertRefused(Packs.RuleText($"s: {{ CommandLine|re: \"{expression.Replace("\\", "\\\\", StringComparison.Ordinal)}\" }}\ncondition: s"), 6, 24, "cannot be run in linear time", "split");

    [Theory]
    [InlineData("a: { Image: a }", 6, 3, "condition is missing", "condition: selection")]
    [InlineData("a: { Image: a }\ncondition: t", 7, 14, "there is no search 't'", "searches: a")]
    [InlineData("a: { Image: a }\ncondition: a and 1 of t*", 7, 25, "'t*' fits no search", "searches: a")]
    [InlineData("_a: { Image: a }\ncondition: 1 of them", 7, 19, "'them' fits no search", "searches: _a")]
    [InlineData("a: { Image: a }\ncondition: a AND a", 7, 16, "'AND' is not expected", "lower case")]
    [InlineData("a: { Image: a }\ncondition: NOT a", 7, 14, "'NOT' is not expected", "lower case")]
    [InlineData("a: { Image: a }\ncondition: 1 OF them", 7, 14, "'1' is not expected", "lower case")]
    [InlineData("a: { Image: a }\ncondition: 2 of them", 7, 14, "'2' is not expected", "only 1, any or all")]
    [InlineData("a: { Image: a }\ncondition: a | count() > 5", 7, 16, "'|' is not expected", "correlation rule")]
    [InlineData("a: { Image: a }\ncondition: a and", 7, 19, "ends too early", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: ''", 7, 14, "ends too early", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: (a", 7, 16, "ends too early", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: a)", 7, 15, "')' is not expected", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: a a", 7, 16, "'a' is not expected", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: a*", 7, 14, "'a*' is not expected", "names joined by")]
    [InlineData("a: { Image: a }\ncondition: { a: a }", 7, 14, "condition must be text", "one text")]
    [InlineData("a: { Image: a }\ncondition: [a, b]", 7, 18, "there is no search 'b'", "searches: a")]
    public void Condition_is_refused_with_place_reason_and_way_out(string detection, int line, int column, string reason, string wayOut) =>
        Refusals.AssertRefused(Packs.RuleText(detection), line, column, reason, wayOut);

    [Fact]
    public void Condition_that_would_grow_without_bound_is_refused()
    {
        var searches = string.Concat(Enumerable.Range(0, 300).Select(i => $"s{i}: {{ Image: a }}\n"));
        var patterns = string.Join(" or ", Enumerable.Repeat("1 of them", 100));
        var nested = new string('(', 100) + "s1" + new string(')', 100);

        var refused = Assert.Single(Packs.Load(Packs.RuleText($"{searches}condition: {patterns}")).Refused);
        Assert.Contains("more than 20000 searches", refused.Reason, StringComparison.Ordinal);
        refused = Assert.Single(Packs.Load(Packs.RuleText($"{searches}condition: {nested}")).Refused);
        Assert.Contains("nested deeper than 64", refused.Reason, StringComparison.Ordinal);
    }
}
