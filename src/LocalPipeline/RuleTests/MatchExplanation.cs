using Detection.Rules;
using LocalPipeline.Rules;
using Wire.Model;

namespace LocalPipeline.RuleTests;

/// <summary>Says which events of a story a rule, or each of the rules that it refers to, matches.</summary>
internal sealed class MatchExplanation(IReadOnlyList<HostEvent> events, IReadOnlyList<StoryEvent> written)
{
    private readonly RuleSight _sight = new();

    /// <summary>Lines; inner rules are indented.</summary>
    internal IEnumerable<string> Of(Rule rule)
    {
        switch (rule)
        {
            case SigmaRule single:
                return [$"{RuleWords.NameOf(rule.Info)} matches {EventsOf(single)}"];
            case CorrelationRule correlation:
                return correlation.Rules.Distinct().SelectMany(Of).Select(line => "  " + line)
                    .Prepend($"{RuleWords.NameOf(rule.Info)} wants {RuleWords.Of(correlation)}, of");
            default:
                throw new InvalidOperationException($"no explanation for {rule.GetType().Name}");
        }
    }

    private string EventsOf(SigmaRule rule)
    {
        var matching = Enumerable.Range(0, events.Count).Where(i => _sight.Matches(rule, events[i]))
            .Select(i => $"event {i + 1} ({RuleWords.Seconds(written[i].AtNs)}, {events[i].Process.Image})").ToArray();
        return matching.Length == 0 ? "no event" : string.Join(", ", matching);
    }
}
