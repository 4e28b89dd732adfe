using Detection.Rules.Parsing;
using Detection.Taxonomy;

namespace Detection.Rules;

/// <summary>Turns the texts of rule files into a pack. Pure and thread-safe.</summary>
/// <remarks>
/// The order of sources and documents does not matter: references are resolved after everything was read. Whatever is wrong or not
/// supported refuses its own document, by place and reason, and every correlation that needs it; all others load.
/// </remarks>
public static class RuleLoader
{
    /// <summary>Loads every document. Bad input never throws: it is in <see cref="RulePack.Refused"/>.</summary>
    /// <param name="sources">The files, in any order.</param>
    public static RulePack Load(IEnumerable<RuleSource> sources)
    {
        var refused = new List<RefusedRule>();
        var catalog = new RuleCatalog(refused);
        foreach (var source in sources.OrderBy(source => source.Name, StringComparer.Ordinal))
        {
            foreach (var document in RuleDocumentReader.Read(source))
            {
                catalog.Add(document);
            }
        }

        var fields = new FieldTable();
        var rules = new Dictionary<RuleDocument, Rule>(ReferenceEqualityComparer.Instance);
        foreach (var document in catalog.RuleDocuments)
        {
            Try(document, refused, () => rules.Add(document, SigmaRuleReader.Read(document, fields, catalog.AlertsAlone(document))));
        }

        var correlations = new List<CorrelationRule>();
        foreach (var document in catalog.CorrelationDocuments)
        {
            Try(document, refused, () => correlations.Add(CorrelationReader.Read(document, fields, name => catalog.Resolve(name, rules))));
        }

        return new RulePack(
            [.. catalog.RuleDocuments.Where(rules.ContainsKey).Select(document => (SigmaRule)rules[document])],
            correlations,
            [.. refused.OrderBy(rule => rule.File, StringComparer.Ordinal).ThenBy(rule => rule.Line).ThenBy(rule => rule.Column)])
        {
            Fields = fields.Fields,
        };
    }

    private static void Try(RuleDocument document, List<RefusedRule> refused, Action read)
    {
        try
        {
            read();
        }
        catch (RuleFault fault)
        {
            refused.Add(document.Refuse(fault));
        }
    }
}
