using Detection.Findings;
using Detection.Rules;
using Wire.Model;
using Wire.Text;

namespace LocalPipeline.Rules.Explaining;

/// <summary>Tells people which events fill which role of a correlation, in which group and window it fired, or that it did not.</summary>
internal sealed class CorrelationExplainer(RulePack pack, IReadOnlyList<(HostEvent Event, long Number)> events, TextWriter output)
{
    private readonly RuleSight _sight = new();
    private readonly Dictionary<EventId, long> _numbers = events.DistinctBy(entry => entry.Event.Id).ToDictionary(entry => entry.Event.Id, entry => entry.Number);

    /// <summary>Explains it.</summary>
    /// <param name="rule">The correlation.</param>
    /// <param name="explainPart">Explains a rule that no event matches.</param>
    internal void Explain(CorrelationRule rule, Action<SigmaRule> explainPart)
    {
        output.WriteLine($"  {SafeText.Escape(RuleWords.Of(rule))}, over");
        foreach (var part in rule.Rules.Distinct())
        {
            var matching = part is SigmaRule single ? events.Where(entry => _sight.Matches(single, entry.Event)).Select(entry => entry.Number).ToArray() : null;
            output.WriteLine($"    {RuleNameOf(part)}: {Matching(part, matching)}");
        }

        foreach (var part in rule.Rules.OfType<SigmaRule>().Distinct().Where(part => !events.Any(entry => _sight.Matches(part, entry.Event))))
        {
            output.WriteLine($"  {RuleNameOf(part)} is never matched:");
            explainPart(part);
        }

        WriteFirings(rule);
    }

    private string Matching(Rule part, long[]? numbers)
    {
        if (numbers is null)
        {
            return $"a correlation, fires at {Numbers(FiringsOf((CorrelationRule)part).Select(firing => _numbers[firing.Event.Id]))}";
        }

        return $"matched by {Numbers(numbers)}";
    }

    private static string Numbers(IEnumerable<long> numbers)
    {
        var text = string.Join(", ", numbers.Distinct().Order());
        return text.Length == 0 ? "no event" : "event " + text;
    }

    private void WriteFirings(CorrelationRule rule)
    {
        var losses = new GroupLosses();
        var firings = FiringsOf(rule, losses);
        if (firings.Count == 0)
        {
            output.WriteLine("  did not fire: no group has what it asks within its window");
        }

        // An inner correlation that cannot fire is the reason, too.
        foreach (var part in Needed(rule).Distinct().Where(part => losses.Of(part.Info) is not null))
        {
            output.WriteLine($"  {(part == rule ? "" : RuleNameOf(part) + ": ")}{SafeText.Escape(losses.Of(part.Info)!)}");
        }

        foreach (var firing in firings)
        {
            var group = string.Join(", ", firing.Group.Select(entry => $"{SafeText.Escape(entry.Key)} = {ShownValue.Cut(entry.Value)}"));
            output.WriteLine($"  fired at event {_numbers[firing.Event.Id]}{(firing.Verdict == Verdict.Unknown ? " (verdict unknown)" : "")}"
                + $", window of {RuleWords.Seconds(rule.TimespanNs)} before it{(group.Length == 0 ? "" : $", group {group}")}");
            foreach (var witness in firing.Witnesses)
            {
                output.WriteLine($"    event {_numbers[witness.Event.Id]}, {RuleWords.Seconds(firing.Event.TimeNs - witness.Event.TimeNs)} before: {SafeText.Escape(witness.RuleTitle)}");
            }
        }
    }

    private static string RuleNameOf(Rule rule) => SafeText.Escape(RuleWords.NameOf(rule.Info));

    private List<Firing> FiringsOf(CorrelationRule rule, GroupLosses? losses = null)
    {
        var alone = Alone(rule);
        var asked = pack with { Correlations = [.. rule.Rules.OfType<CorrelationRule>().SelectMany(Needed).Distinct(), alone] };
        var firings = new List<Firing>();
        RuleRun.Play(
            asked, events.Select(entry => entry.Event),
            fired: firing =>
            {
                if (firing.Rule == rule.Info)
                {
                    firings.Add(firing);
                }
            },
            occurred: losses is null ? null : losses.Count);
        return firings;
    }

    private static IEnumerable<CorrelationRule> Needed(CorrelationRule rule) =>
        rule.Rules.OfType<CorrelationRule>().SelectMany(Needed).Append(rule);

    // The engine tells of alerting rules only.
    private static CorrelationRule Alone(CorrelationRule rule) => rule.AlertsAlone ? rule : new CorrelationRule(rule.Info, alertsAlone: true)
    {
        Type = rule.Type,
        Rules = rule.Rules,
        GroupBy = rule.GroupBy,
        TimespanNs = rule.TimespanNs,
        Condition = rule.Condition,
        Expression = rule.Expression,
        ValueFields = rule.ValueFields,
        Percentile = rule.Percentile,
        IsMedian = rule.IsMedian,
    };
}
