using System.Text;
using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>Reads documents with <c>filter</c>.</summary>
internal static class FilterReader
{
    /// <summary>The filter of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="context">What is shared.</param>
    /// <param name="catalog">Knows the rules that the filter names.</param>
    /// <param name="warnings">Takes what is probably not meant so.</param>
    public static RuleFilter Read(RuleDocument document, ReadContext context, RuleCatalog catalog, List<RefusedRule> warnings)
    {
        context.Placeholders.ForgetUsed();
        var root = document.Root;
        LogSourceReader? source = null;
        context.Faults.Try(() => RuleInfoReader.ReadTitle(root));
        context.Faults.Try(() => source = LogSourceReader.Read(root));
        var filter = root.Find("filter")!.AsMapping("filter");
        var searches = SearchReader.ReadAll(filter, context, "condition", "rules");
        Matcher? matcher = null;
        HashSet<RuleDocument>? rules = null;
        var found = new List<RefusedRule>();
        context.Faults.Try(() => matcher = ReadCondition(filter, searches, context));
        context.Faults.Try(() => rules = ReadRules(filter, document, source, catalog, context.Faults, found));
        context.Faults.ThrowIfAny();
        if (!HasNegation(matcher!))
        {
            found.Add(document.Refuse(filter.Find("condition")!.Fault(
                "the condition has no 'not': the rules then match only what the filter matches", "not selection, to leave out what it matches")));
        }

        warnings.AddRange(found.Concat(SearchReader.Unused(filter, matcher!, searches).Select(document.Refuse)));
        var meaning = new StringBuilder("filter");
        filter.AppendCanonical(meaning, "rules");
        context.Placeholders.AppendUsed(meaning);
        return new RuleFilter(source!, rules, matcher!, meaning.ToString());
    }

    private static Matcher ReadCondition(RuleNode filter, Dictionary<string, Matcher> searches, ReadContext context) => SearchReader.ReadCondition(
        filter.Find("condition") ?? throw filter.Fault("condition is missing", "for example: condition: not selection"), searches, context);

    private static HashSet<RuleDocument>? ReadRules(
        RuleNode filter, RuleDocument document, LogSourceReader? source, RuleCatalog catalog, FaultList faults, List<RefusedRule> warnings)
    {
        var node = filter.Find("rules") ?? throw filter.Fault("rules is missing", "a list of ids or names of rules, or any");
        if (node is { Kind: NodeKind.Scalar, Value: "any" })
        {
            return null;
        }

        var rules = new HashSet<RuleDocument>(ReferenceEqualityComparer.Instance);
        foreach (var name in node.Kind == NodeKind.Sequence ? node.Items : [node])
        {
            RuleDocument? rule = null;
            faults.Try(() => rule = FindRule(catalog, name));
            if (rule?.Root.Find("detection") is null)
            {
                warnings.Add(document.Refuse(name.Fault($"the filter names '{name.Value}', but no such rule is loaded", "its id or name, or load its file, too")));
            }
            else if (rules.Add(rule) && rule.Fault is null && source is not null && !Covers(source, rule))
            {
                warnings.Add(document.Refuse(name.Fault(
                    $"the filter does not apply to '{name.Value}': that has another log source", "the log source of the rule, or less of it")));
            }
        }

        return rules;
    }

    private static RuleDocument? FindRule(RuleCatalog catalog, RuleNode name)
    {
        var rule = catalog.Find(name);
        return rule?.Root.Find("correlation") is null
            ? rule
            : throw name.Fault($"'{name.Value}' is a correlation: filters apply to rules over single events", "the rules it refers to");
    }

    // A rule with a broken log source is refused itself.
    private static bool Covers(LogSourceReader source, RuleDocument rule)
    {
        try
        {
            return source.Covers(LogSourceReader.Read(rule.Root));
        }
        catch (RuleFault)
        {
            return true;
        }
    }

    private static bool HasNegation(Matcher matcher) => matcher switch
    {
        Not => true,
        Search search => HasNegation(search.Part),
        AllOf all => all.Parts.Any(HasNegation),
        AnyOf any => any.Parts.Any(HasNegation),
        FieldExists exists => !exists.Expected,
        FieldItem item => item.Tests.Any(test => test is NullTest),
        _ => false,
    };
}
