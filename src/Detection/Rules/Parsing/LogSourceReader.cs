using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads <c>logsource</c>. A source that no event of ours belongs to is refused: the rule could never match.</summary>
internal static class LogSourceReader
{
    /// <summary>The category of events that the rule sees.</summary>
    public static EventCategory Read(RuleNode root)
    {
        var source = (root.Find("logsource") ?? throw root.Fault("logsource is missing", "product: linux with a category"))
            .AsMapping("logsource");
        var category = EventCategory.All;
        var said = false;
        foreach (var (key, value) in source.Entries)
        {
            said |= key.Value != "definition";
            switch (key.Value)
            {
                case "definition":
                    break;
                case "product" when value.Text("product") == "linux":
                    break;
                case "category" when HostTaxonomy.TryGetCategory(value.Text("category"), out category):
                    break;
                case "category":
                    throw value.Fault(
                        $"no source delivers events of category '{value.Value}'",
                        "known: " + string.Join(", ", HostTaxonomy.CategoryNames));
                default:
                    throw value.Fault(
                        $"no source delivers events of {key.Value} '{value.Text(key.Value)}'", "product: linux with a category");
            }
        }

        return said ? category : throw source.Fault("logsource is empty", "product: linux with a category");
    }
}
