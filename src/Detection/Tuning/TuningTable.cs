using System.Globalization;
using System.Text;
using Detection.Findings;
using Detection.Matching;
using Detection.Rules;
using Detection.Rules.Parsing;

namespace Detection.Tuning;

/// <summary>The tuning of a pack, by rule. Not thread-safe.</summary>
internal sealed class TuningTable
{
    private readonly Dictionary<RuleDocument, RuleTuning> _byRule = new(ReferenceEqualityComparer.Instance);
    private readonly ReadContext _context;
    private readonly RuleCatalog _catalog;

    /// <summary>Compiles what the plan says.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="context">What is shared.</param>
    /// <param name="catalog">Knows the rules.</param>
    /// <param name="faults">Takes what cannot be compiled or names no rule.</param>
    public TuningTable(TuningPlan plan, ReadContext context, RuleCatalog catalog, List<RefusedRule> faults)
    {
        _context = context;
        _catalog = catalog;
        foreach (var exception in plan.Exceptions)
        {
            Try(exception.Place, exception.Reason, faults, () => Add(exception));
        }

        foreach (var severity in plan.Severities)
        {
            Try(severity.Place, severity.Reason, faults, () => Each(severity.Rules, known => known with { Level = severity.Level }));
        }
    }

    /// <summary>What is changed about the rule of a document.</summary>
    public RuleTuning Of(RuleDocument document) => _byRule.GetValueOrDefault(document, RuleTuning.None);

    private void Add(TuningException exception)
    {
        _context.Placeholders.ForgetUsed();
        var search = SearchReader.Read(exception.Filter, _context);
        _context.Faults.ThrowIfAny();
        var steps = new MatchCost().Of(search);
        if (steps > CostBudget.MostOfRule)
        {
            throw exception.Filter.Fault("the filter costs more than a rule may", "fewer or plainer values");
        }

        var matcher = AllOf.Of([search, new Until(exception.EndNs)]);
        var meaning = new StringBuilder("except").Append(exception.EndNs.ToString(CultureInfo.InvariantCulture));
        exception.Filter.AppendCanonical(meaning);
        _context.Placeholders.AppendUsed(meaning);
        Each(exception.Rules, known => known with { Exceptions = [.. known.Exceptions, matcher], Meaning = known.Meaning + meaning });
    }

    private void Each(IReadOnlyList<RuleNode> rules, Func<RuleTuning, RuleTuning> change)
    {
        foreach (var name in rules)
        {
            _context.Faults.Try(() =>
            {
                var document = _catalog.Find(name) ?? throw name.Fault($"there is no rule with id or name '{name.Value}'", "the id from the alert, or take the entry out");
                _byRule[document] = change(Of(document));
            });
        }
    }

    private void Try(string place, string reason, List<RefusedRule> faults, Action read)
    {
        try
        {
            read();
        }
        catch (RuleFault fault)
        {
            _context.Faults.Add(fault);
        }

        if (_context.Faults.TakeAll() is { } all)
        {
            faults.AddRange(all.All.Select(fault => new RefusedRule(FileOf(place), fault.Line, fault.Column, reason, fault.Message, fault.WayOut)));
        }
    }

    private static string FileOf(string place) => place[..place.LastIndexOf(':')];
}
