using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Watching;

/// <summary>What a sensor must watch so that the rules of a pack can see it. Immutable, thread-safe.</summary>
/// <param name="Patterns">Files and folders, each once, sorted by path.</param>
/// <param name="Unplaced">Titles of rules that name files only by their end or middle, or too many: nobody watches for the sake of those.</param>
public sealed record RuleWatch(IReadOnlyList<WatchPattern> Patterns, IReadOnlyList<string> Unplaced)
{
    private static readonly EventCategory FileCategories =
        EventCategory.FileAccess | EventCategory.FileEvent | EventCategory.FileAccessFailed | EventCategory.FileRename | EventCategory.FileDelete | EventCategory.FileChange;

    /// <summary>Collects it. What a rule only leaves out is not looked for, nor what no rule over files asks.</summary>
    public static RuleWatch Of(RulePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var patterns = new HashSet<WatchPattern>();
        var unplaced = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in pack.Rules.Where(IsOfFiles))
        {
            foreach (var test in Tests(rule.Matcher))
            {
                if (WatchPattern.Of(test.Pattern) is { } pattern)
                {
                    patterns.Add(pattern);
                }
                else
                {
                    unplaced.Add(rule.Info.Title);
                }
            }
        }

        return new RuleWatch([.. patterns.OrderBy(pattern => pattern.Path, StringComparer.Ordinal).ThenBy(pattern => pattern.IsFolder)], [.. unplaced]);
    }

    private static bool IsOfFiles(SigmaRule rule) =>
        HostTaxonomy.TryGetCategory(rule.Source.Category, out var category) && (category & FileCategories) != 0;

    private static IEnumerable<TextTest> Tests(Matcher matcher) => matcher switch
    {
        AllOf all => all.Parts.SelectMany(Tests),
        AnyOf any => any.Parts.SelectMany(Tests),
        Search search => Tests(search.Part),
        FieldItem { Field.Name: "TargetFilename" or "SourceFilename" } item => item.Tests.SelectMany(Tests),
        _ => [],
    };

    private static IEnumerable<TextTest> Tests(ValueTest test) => test switch
    {
        TextTest text => [text],
        AnyTest any => any.Tests.SelectMany(Tests),
        _ => [],
    };
}
