using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;
using Detection.Watching;

namespace LocalPipeline.Rules.Checking;

/// <summary>Finds out whether a rule over single events can match anything that our sensor sends.</summary>
internal sealed class ReachFinder(WatchLists watch)
{
    private static readonly string[] FileCategories = ["file_access", "file_event", "file_access_failed", "file_delete", "file_change"];

    /// <summary>What the rule's condition can come to.</summary>
    internal Reach Of(SigmaRule rule)
    {
        if (!HostTaxonomy.Fed.Any(rule.Source.Covers))
        {
            return Reach.Always(false, new Obstacle(0, $"our sensor feeds no records of {rule.Source}", "it can match only what replay is given"));
        }

        // An alias is reported wherever it lies, and of two names only one need be watched.
        var pathsCount = FileCategories.Contains(rule.Source.Category, StringComparer.OrdinalIgnoreCase)
            && !Reads(rule.Matcher, "InodeAlias") && !Reads(rule.Matcher, "SourceFilename");
        return Of(rule.Matcher, rule.Source, pathsCount);
    }

    private Reach Of(Matcher matcher, LogSource source, bool pathsCount) => matcher switch
    {
        AllOf all => Reach.All([.. all.Parts.Select(part => Of(part, source, pathsCount))]),
        AnyOf any => Reach.Any([.. any.Parts.Select(part => Of(part, source, pathsCount))]),
        Not not => Of(not.Part, source, pathsCount).Not(),
        Search search => Of(search.Part, source, pathsCount),
        FieldItem item => OfField(item, item.Field, source) ?? (pathsCount && item.Field.Name == "TargetFilename" ? OfPath(item) : Reach.Open),
        FieldExists exists => OfField(exists, exists.Field, source) ?? Reach.Open,
        FieldReference reference => OfField(reference, reference.Field, source) ?? OfField(reference, reference.Other, source) ?? Reach.Open,
        _ => Reach.Open,
    };

    private static Reach? OfField(Item item, Field field, LogSource source) => HostTaxonomy.Produces(field.Name, source)
        ? null
        : Reach.Always(item.Matches(NoValues.Instance), new Obstacle(
            item.Line, UnknownField.Reason(field.Name, source), UnknownField.WayOut(field.Name, source)));

    private Reach OfPath(FieldItem item)
    {
        var canHold = item.All ? item.Tests.All(CanBeWatched) : item.Tests.Any(CanBeWatched);
        return canHold
            ? Reach.Open
            : new Reach(false, true, [new Obstacle(
                item.Line, $"no watch list of the agent names a file that fits {TestWords.Of(item)}", "name the rules in watch.rules of the agent, or the file in watch.moreFiles or watch.moreFolders")]);
    }

    private bool CanBeWatched(ValueTest test) => test switch
    {
        TextTest text => watch.CanBeWatched(text.Pattern),
        RegexTest expression => ExpressionPath.Of(expression) is not { } path || watch.CanBeWatched(path),
        AnyTest any => any.Tests.Any(CanBeWatched),
        _ => true,
    };

    private static bool Reads(Matcher matcher, string field) => matcher switch
    {
        AllOf all => all.Parts.Any(part => Reads(part, field)),
        AnyOf any => any.Parts.Any(part => Reads(part, field)),
        Search search => Reads(search.Part, field),
        FieldItem item => item.Field.Name == field,
        _ => false,
    };
}
