using System.Globalization;

namespace Detection.Matching;

/// <summary>Says what compiled items ask, near to how the rule says it. Not escaped.</summary>
internal static class TestWords
{
    private const int MostTests = 4;

    /// <summary>The values of an item, those of a long list cut.</summary>
    internal static string Of(Item item) => item switch
    {
        FieldItem field => Join(field.Tests, field.All),
        KeywordItem keywords => Join(keywords.Tests, keywords.All),
        FieldExists exists => exists.Expected ? "there" : "not there",
        FieldReference reference => $"the value of {reference.Other.Name}",
        _ => throw new InvalidOperationException($"no words for {item.GetType().Name}"),
    };

    /// <summary>One value.</summary>
    internal static string Of(ValueTest test) => test switch
    {
        TextTest text => $"'{string.Concat(text.Pattern.Tokens.ToArray().Select(Of))}'",
        NumberTest number => number.Text,
        BooleanTest truth => truth.Expected ? "true" : "false",
        RegexTest regex => $"/{regex.Text}/",
        NetworkTest network => $"{network.Address}/{network.PrefixLength}",
        ComparisonTest comparison => string.Create(CultureInfo.InvariantCulture, $"{Sign(comparison.Comparison)} {comparison.Bound}"),
        TimePartTest part => string.Create(CultureInfo.InvariantCulture, $"{part.Part.ToString().ToLowerInvariant()} {Sign(part.Comparison)} {part.Bound}"),
        NullTest => "null",
        AnyTest any => Join(any.Tests, all: false),
        _ => throw new InvalidOperationException($"no words for {test.GetType().Name}"),
    };

    private static string Join(IReadOnlyList<ValueTest> tests, bool all)
    {
        var shown = string.Join(all ? " and " : " or ", tests.Take(MostTests).Select(Of));
        return tests.Count > MostTests ? $"{shown} and {tests.Count - MostTests} more" : shown;
    }

    private static string Of(PatternToken token) => token.Kind switch
    {
        PatternTokenKind.AnyRun => "*",
        PatternTokenKind.AnyOne => "?",
        PatternTokenKind.AnyDash => "[-/]",
        _ => token.Value is '*' or '?' ? $"\\{token.Value}" : token.Value.ToString(),
    };

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        _ => "=",
    };
}
