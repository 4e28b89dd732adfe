using Detection.Rules.Parsing;
using Detection.Taxonomy;
using Detection.Tuning;

namespace Detection.Rules;

/// <summary>Turns the texts of rule files into a pack. Pure and thread-safe.</summary>
/// <remarks>
/// The order of sources and documents does not matter: references are resolved after everything was read. Whatever is wrong or not
/// supported refuses its own document, by place and reason, as far as one fault does not hide another, and every correlation that needs it; all others load.
/// </remarks>
public static class RuleLoader
{
    /// <summary>Loads every document. Bad input never throws: it is in <see cref="RulePack.Refused"/>.</summary>
    /// <param name="sources">The files, in any order.</param>
    /// <param name="tuning">What is changed about the rules; null = nothing.</param>
    public static RulePack Load(IEnumerable<RuleSource> sources, TuningPlan? tuning = null)
    {
        var refused = new List<RefusedRule>();
        var catalog = new RuleCatalog(refused);
        RuleSource[] sorted = [.. sources];
        StableSort.Sort(sorted, (one, other) => TextOrder.Ordinal.Compare(one.Name, other.Name));
        foreach (var source in sorted)
        {
            foreach (var document in RuleDocumentReader.Read(source))
            {
                catalog.Add(document);
            }
        }

        var context = new ReadContext();
        foreach (var document in catalog.Documents(DocumentKind.Placeholders))
        {
            Try(document, context, refused, () => context.Placeholders.Add(document, context.Faults));
        }

        var warnings = new List<RefusedRule>();
        var filters = new List<RuleFilter>();
        foreach (var document in catalog.Documents(DocumentKind.Filter))
        {
            Try(document, context, refused, () => filters.Add(FilterReader.Read(document, context, catalog, warnings)));
        }

        var tuningFaults = new List<RefusedRule>();
        var table = new TuningTable(tuning ?? TuningPlan.None, context, catalog, tuningFaults);
        var loaded = new Dictionary<RuleDocument, Rule>(ReferenceEqualityComparer.Instance);
        var rules = new List<SigmaRule>();
        foreach (var document in catalog.Documents(DocumentKind.Rule))
        {
            Try(document, context, refused, () =>
            {
                var rule = SigmaRuleReader.Read(document, context, filters, table.Of(document), catalog.AlertsAlone(document), warnings);
                loaded.Add(document, rule);
                rules.Add(rule);
            });
        }

        var correlations = ReadCorrelations(catalog, context, table, loaded, refused);
        return new RulePack(rules, correlations, Sorted(refused))
        {
            Fields = context.Fields.Fields,
            Warnings = Sorted(warnings),
            TuningFaults = [.. tuning?.Faults.SelectMany(fault => fault.All) ?? [], .. tuningFaults],
        };
    }

    private static List<CorrelationRule> ReadCorrelations(
        RuleCatalog catalog, ReadContext context, TuningTable table, Dictionary<RuleDocument, Rule> loaded, List<RefusedRule> refused)
    {
        var correlations = new List<CorrelationRule>();
        var documents = CorrelationOrder.Sort(
            [.. catalog.Documents(DocumentKind.Correlation)], catalog, (document, fault) => refused.Add(document.Refuse(fault)));
        foreach (var document in documents)
        {
            Try(document, context, refused, () =>
            {
                var rule = CorrelationReader.Read(document, context, table.Of(document), catalog.AlertsAlone(document), name => catalog.Resolve(name, loaded));
                loaded.Add(document, rule);
                correlations.Add(rule);
            });
        }

        return correlations;
    }

    private static RefusedRule[] Sorted(List<RefusedRule> messages) =>
        [.. messages.OrderBy(rule => rule.File, StringComparer.Ordinal).ThenBy(rule => rule.Line).ThenBy(rule => rule.Column)];

    private static void Try(RuleDocument document, ReadContext context, List<RefusedRule> refused, Action read)
    {
        try
        {
            read();
        }
        catch (RuleFault fault)
        {
            context.Faults.Add(fault);
        }

        if (context.Faults.TakeAll() is { } all)
        {
            refused.Add(document.Refuse(all));
        }
    }
}
