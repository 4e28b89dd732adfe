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
        return AnyOf.Of(Each(alternatives, one => ConditionParser.Parse(one, searches, context.Faults), context));
    }

    /// <summary>A fault, which need not refuse the rule, for each search that the condition never asks for. Names that begin with <c>_</c> are left out.</summary>
    /// <param name="detection">What holds the searches.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="searches">The searches.</param>
    public static IEnumerable<RuleFault> Unused(RuleNode detection, Matcher condition, Dictionary<string, Matcher> searches)
    {
        if (searches.Count == 1)
        {
            return [];
        }

        var used = new HashSet<string>();
        NoteUsed(condition, used);
        return detection.Entries.Where(entry => searches.ContainsKey(entry.Key.Value) && entry.Key.Value[0] != '_' && !used.Contains(entry.Key.Value))
            .Select(entry => entry.Key.Fault($"the condition never uses the search '{entry.Key.Value}'", "name it in condition, or let its name begin with _"));
    }

    private static void NoteUsed(Matcher matcher, HashSet<string> used)
    {
        switch (matcher)
        {
            case Search search:
                used.Add(search.Name);
                break;
            case Not not:
                NoteUsed(not.Part, used);
                break;
            case AllOf all:
                Each(all.Parts);
                break;
            case AnyOf any:
                Each(any.Parts);
                break;
        }

        void Each(IReadOnlyList<Matcher> parts)
        {
            foreach (var part in parts)
            {
                NoteUsed(part, used);
            }
        }
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
