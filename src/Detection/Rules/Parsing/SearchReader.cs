using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>
/// Reads a search: a map is a conjunction of its items, a list is a disjunction of what it holds, values by themselves are keywords.
/// </summary>
internal static class SearchReader
{
    /// <summary>The compiled search.</summary>
    public static Matcher Read(RuleNode node, ReadContext context)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping when node.Entries.Count > 0:
                return AllOf.Of([.. node.Entries.Select(entry => ItemReader.Read(entry.Key, entry.Value, context))]);
            case NodeKind.Sequence when node.Items.Count > 0:
                return ReadList(node, context);
            case NodeKind.Scalar when !ScalarReader.IsNull(node):
                return ItemReader.ReadKeywords(node, [node], context);
            default:
                throw node.Fault("the search is empty", "a map of fields and values, or a list of keywords");
        }
    }

    /// <summary>All searches beside the keys of <paramref name="detection"/> that mean something else.</summary>
    public static Dictionary<string, Matcher> ReadAll(RuleNode detection, ReadContext context, params ReadOnlySpan<string> others)
    {
        var searches = new Dictionary<string, Matcher>();
        foreach (var (name, search) in detection.Entries)
        {
            if (name.Value.Length == 0)
            {
                throw name.Fault("a search needs a name", "for example selection");
            }

            if (!others.Contains(name.Value))
            {
                searches.Add(name.Value, Read(search, context));
            }
        }

        return searches;
    }

    /// <summary>The condition over searches: one, or several that are alternatives.</summary>
    public static Matcher ReadCondition(RuleNode condition, IReadOnlyDictionary<string, Matcher> searches) =>
        condition.Kind == NodeKind.Sequence && condition.Items.Count > 0
            ? AnyOf.Of([.. condition.Items.Select(item => ConditionParser.Parse(item, searches))])
            : ConditionParser.Parse(condition, searches);

    private static Matcher ReadList(RuleNode node, ReadContext context)
    {
        var words = node.Items.Where(item => item.Kind == NodeKind.Scalar).ToList();
        var parts = node.Items.Where(item => item.Kind != NodeKind.Scalar).Select(item => Read(item, context)).ToList();
        if (words.Count > 0)
        {
            parts.Add(ItemReader.ReadKeywords(node, words, context));
        }

        return AnyOf.Of(parts);
    }
}
