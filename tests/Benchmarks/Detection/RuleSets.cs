using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Rules;
using Support;

namespace Benchmarks.Detection;

/// <summary>The public Linux rules, once or several times over under other names.</summary>
internal static class RuleSets
{
    /// <summary>Every rule that loads.</summary>
    /// <exception cref="DirectoryNotFoundException">The rules are not beside the repository.</exception>
    public static IReadOnlyList<SigmaRule> PublicLinux()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "sigma-linux");
        var files = Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories);
        return RuleLoader.Load(files.Select(file => new RuleSource(Path.GetRelativePath(folder, file), File.ReadAllText(file)))).Rules;
    }

    /// <summary>
    /// The rules and copies of them that ask for other texts of the same form: each letter of a copy's literals is another one. Literals
    /// without small letters (types of audit records, options that are only punctuation) stay, as they would in other rules.
    /// </summary>
    public static SigmaRule[] Multiplied(IReadOnlyList<SigmaRule> rules, int times) =>
        [.. Enumerable.Range(0, times).SelectMany(copy => rules.Select(rule => copy == 0 ? rule : Renamed(rule, copy)))];

    private static SigmaRule Renamed(SigmaRule rule, int copy) => new(rule.Info, rule.Source, Renamed(rule.Matcher, copy), rule.AlertsAlone);

    private static Matcher Renamed(Matcher matcher, int copy) => matcher switch
    {
        AllOf all => AllOf.Of([.. all.Parts.Select(part => Renamed(part, copy))]),
        AnyOf any => AnyOf.Of([.. any.Parts.Select(part => Renamed(part, copy))]),
        Not not => new Not(Renamed(not.Part, copy)),
        Search search => new Search(search.Name, Renamed(search.Part, copy)),
        FieldItem item => new FieldItem(item.Field, [.. item.Tests.Select(test => Renamed(test, copy))], item.All) { Key = item.Key, Line = item.Line },
        KeywordItem item => new KeywordItem([.. item.Tests.Select(test => Renamed(test, copy))], item.All) { Key = item.Key, Line = item.Line },
        _ => matcher,
    };

    private static ValueTest Renamed(ValueTest test, int copy) => test switch
    {
        AnyTest any => new AnyTest([.. any.Tests.Select(one => Renamed(one, copy))]),
        TextTest text => new TextTest(StringPattern.Of([.. Renamed(text.Pattern.Tokens.ToArray(), copy)], cased: text.Pattern.IsCased)),
        RegexTest regex => new RegexTest(new LinearRegex($"copy {(char)('a' + copy)}.*(?:{regex.Text})", regex.Options, regex.HasManyRepetitions)),
        _ => test,
    };

    private static IEnumerable<PatternToken> Renamed(PatternToken[] tokens, int copy) =>
        !tokens.Any(token => token.Kind == PatternTokenKind.Literal && char.IsAsciiLetterLower(token.Value)) ? tokens
        : tokens.Select(token => token.Kind == PatternTokenKind.Literal && char.IsAsciiLetter(token.Value)
            ? PatternToken.Literal((char)('a' + (((token.Value | 0x20) - 'a' + (2 * copy) + 1) % 26)))
            : token);
}
