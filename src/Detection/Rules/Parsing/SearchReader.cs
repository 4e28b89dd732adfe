using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads a search: a map is a conjunction of its items, a list of maps is a disjunction.</summary>
internal static class SearchReader
{
    /// <summary>The compiled search.</summary>
    public static Matcher Read(RuleNode node, FieldTable fields)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping when node.Entries.Count > 0:
                return AllOf.Of([.. node.Entries.Select(entry => ItemReader.Read(entry.Key, entry.Value, fields))]);
            case NodeKind.Sequence when node.Items.Count > 0:
                return AnyOf.Of([.. node.Items.Select(item => Read(item, fields))]);
            case NodeKind.Scalar when node.Value.Length > 0:
                throw Keywords(node);
            default:
                throw node.Fault("the search is empty");
        }
    }

    /// <summary>The fault of a search for words anywhere in an event.</summary>
    public static RuleFault Keywords(RuleNode node) =>
        node.Fault("keyword search over a whole event is not supported", "name the field, for example CommandLine|contains");
}
