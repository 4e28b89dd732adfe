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
            foreach (var path in Paths(rule.Matcher, rule.Source))
            {
                if (path is null || WatchPattern.Of(path) is not { } pattern)
                {
                    unplaced.Add(rule.Info.Title);
                    continue;
                }

                patterns.Add(pattern);
                if (!path.IsCased)
                {
                    // Rules are compared without regard to case, file names with it.
                    patterns.Add(pattern with { Path = pattern.Path.ToLowerInvariant() });
                }
            }
        }

        return new RuleWatch([.. patterns.OrderBy(pattern => pattern.Path, StringComparer.Ordinal).ThenBy(pattern => pattern.IsFolder)], [.. unplaced]);
    }

    private static bool IsOfFiles(SigmaRule rule) =>
        IsOfAudit(rule.Source) || (HostTaxonomy.TryGetCategory(rule.Source.Category, out var category) && (category & FileCategories) != 0);

    private static bool IsOfAudit(LogSource source) => string.Equals(source.Service, HostTaxonomy.Auditd.Service, StringComparison.OrdinalIgnoreCase);

    private static bool NamesFile(Field field, LogSource source) =>
        IsOfAudit(source) ? field.Name == "name" : field.Name is "TargetFilename" or "SourceFilename";

    // Null for what does not say how a path begins.
    private static IEnumerable<StringPattern?> Paths(Matcher matcher, LogSource source) => matcher switch
    {
        AllOf all => all.Parts.SelectMany(part => Paths(part, source)),
        AnyOf any => any.Parts.SelectMany(part => Paths(part, source)),
        Search search => Paths(search.Part, source),
        FieldItem item when NamesFile(item.Field, source) => item.Tests.SelectMany(Paths),
        _ => [],
    };

    private static IEnumerable<StringPattern?> Paths(ValueTest test) => test switch
    {
        TextTest text => [text.Pattern],
        RegexTest expression => [ExpressionPath.Of(expression)],
        AnyTest any => any.Tests.SelectMany(Paths),
        _ => [],
    };
}
