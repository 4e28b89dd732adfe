using Detection.Rules;
using LocalPipeline.Replay;
using Wire.Model;
using Wire.Text;

namespace LocalPipeline.Rules.Explaining;

/// <summary>Tells people why a rule fires at events, or why not.</summary>
/// <param name="events">The events, in event order, each with its number for people: the line it stands in.</param>
/// <param name="output">Receives the explanation.</param>
internal sealed class RuleExplainer(IReadOnlyList<(HostEvent Event, long Number)> events, TextWriter output)
{
    private readonly RuleSight _sight = new();

    /// <summary>Explains one rule over all events.</summary>
    internal void Explain(RulePack pack, Rule rule)
    {
        output.WriteLine($"{SafeText.Escape(rule.Info.Title)} ({RuleWords.Of(rule.Info.Level)}, {SafeText.Escape(rule.Info.File)})");
        if (rule is SigmaRule single)
        {
            ExplainSingle(single);
        }
        else
        {
            new CorrelationExplainer(pack, events, output).Explain((CorrelationRule)rule, ExplainSingle);
        }
    }

    private void ExplainSingle(SigmaRule rule)
    {
        foreach (var (e, number) in events)
        {
            var records = 0;
            foreach (var view in _sight.Records(rule, e))
            {
                records++;
                output.WriteLine($"  event {number} as {Source(view.Source.ToString())}: {(rule.Matches(view) ? "matches" : "does not match")}");
                MatcherTree.Write(output, rule.Matcher, view, 2);
            }

            if (records == 0)
            {
                output.WriteLine($"  event {number}: the rule does not see it; it looks at {Source(rule.Source.ToString())} only");
            }
        }
    }

    private static string Source(string source) => source.Length == 0 ? "a record without source" : SafeText.Escape(source);
}
