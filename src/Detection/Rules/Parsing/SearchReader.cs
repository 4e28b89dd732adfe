using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>
/// Reads a search: a map is a conjunction of its items, a list is a disjunction of what it holds, values by themselves are keywords.
/// </summary>
internal static class SearchReader
{
    /// <summary>The compiled search, without the items that are faulty: those are in <see cref="ReadContext.Faults"/>.</summary>
    public static Matcher Read(RuleNode node, ReadContext context)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping when node.Entries.Count > 0:
                return AllOf.Of(Each(node.Entries, entry => ItemReader.Read(entry.Key, entry.Value, context), context));
            case NodeKind.Sequence when node.Items.Count > 0:
                return ReadList(node, context);
            case NodeKind.Scalar when !ScalarReader.IsNull(node):
                return ItemReader.ReadKeywords(node, [node], context);
            default:
                throw node.Fault("the search is empty", "a map of fields and values, or a list of keywords");
        }
    }

    /// <summary>
    /// All searches beside the keys of <paramref name="detection"/> that mean something else. A faulty one is there, too, so that the
    /// condition can be read; what is wrong is in <see cref="ReadContext.Faults"/>.
    /// </summary>
    public static Dictionary<string, Matcher> ReadAll(RuleNode detection, ReadContext context, params ReadOnlySpan<string> others)
    {
        var searches = new Dictionary<string, Matcher>();
        foreach (var (name, search) in detection.Entries)
        {
            if (name.Value.Length == 0)
            {
                context.Faults.Add(name.Fault("a search needs a name", "for example selection"));
            }
            else if (!others.Contains(name.Value))
            {
                searches.Add(name.Value, AllOf.Of(Each([search], node => Read(node, context), context)));
            }
        }

        return searches;
    }

    /// <summary>The condition over searches: one, or several that are alternatives.</summary>
    public static Matcher ReadCondition(RuleNode condition, IReadOnlyDictionary<string, Matcher> searches, ReadContext context)
    {
        var alternatives = condition.Kind == NodeKind.Sequence && condition.Items.Count > 0 ? condition.Items : [condition];
        return AnyOf.Of(Each(alternatives, one => ConditionParser.Parse(one, searches), context));
    }

    private static Matcher ReadList(RuleNode node, ReadContext context)
    {
        var words = node.Items.Where(item => item.Kind == NodeKind.Scalar).ToList();
        var others = node.Items.Where(item => item.Kind != NodeKind.Scalar).ToList();
        var parts = Each(others, item => Read(item, context), context);
        if (words.Count > 0)
        {
            context.Faults.Try(() => parts.Add(ItemReader.ReadKeywords(node, words, context)));
        }

        return AnyOf.Of(parts);
    }

    // A fault in one part does not hide those of the others.
    private static List<Matcher> Each<T>(IReadOnlyList<T> parts, Func<T, Matcher> read, ReadContext context)
    {
        var matchers = new List<Matcher>(parts.Count);
        foreach (var part in parts)
        {
            context.Faults.Try(() => matchers.Add(read(part)));
        }

        return matchers;
    }
}
