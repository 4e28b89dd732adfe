using Detection.Rules;
using EdgeAgent.Filtering;
using EdgeAgent.Options;
using LocalPipeline.Rules;
using Wire.Model;

namespace LocalPipeline.RuleTests;

/// <summary>Plays the stories of companion tests against rules.</summary>
/// <param name="rules">The rules.</param>
/// <param name="agent">Options of the agent that would send the events.</param>
internal sealed class RuleTestRunner(RuleSet rules, AgentOptions agent)
{
    private readonly WatchLists _watch = new(agent);
    private readonly EventFilter _filter = new(agent);

    /// <summary>Plays one test.</summary>
    internal RuleTestOutcome Run(RuleTestFile file, RuleTest test)
    {
        if (!test.AgainstPack && WhyUntried(file) is { } reason)
        {
            return new RuleTestOutcome(test, [reason], []);
        }

        var events = new StoryTeller(file.Cast, _watch).Tell(test.Events);
        var opened = StoryRun.Play(rules.Pack, events)
            .Where(incident => test.AgainstPack || incident.Rule.File == file.RuleFile).ToList();
        var difference = new List<string>();
        if (test.AtMost is { } most)
        {
            difference.AddRange(opened.Where(incident => incident.Rule.Level > most).Select(incident =>
                $"+ {Say(incident)}  is {RuleWords.Of(incident.Rule.Level)}, above {RuleWords.Of(most)}"));
        }

        if (test.Incidents is { } expected)
        {
            difference.AddRange(Compare(expected, opened, new MatchExplanation(events, test.Events)));
        }

        return new RuleTestOutcome(test, difference, [.. Unsent(test, events)]);
    }

    // Of rules that are not there no incident opens, and a test that expects none would pass.
    private string? WhyUntried(RuleTestFile file)
    {
        if (rules.Pack.Refused.FirstOrDefault(rule => rule.File == file.RuleFile) is { } refused)
        {
            return $"a rule beside it was refused: {refused.File}:{refused.Line}:{refused.Column}: {refused.Reason}";
        }

        return rules.All.Any(rule => rule.Info.File == file.RuleFile)
            ? null
            : $"no rule was loaded from {file.RuleFile}: write it, or 'against: pack' where all rules count";
    }

    private List<string> Compare(IReadOnlyList<ExpectedIncident> expected, List<OpenedIncident> opened, MatchExplanation explanation)
    {
        var left = opened.ToList();
        var lines = new List<string>();

        // Those that say where come first: one that does not must not take their incident away.
        foreach (var wanted in expected.OrderBy(incident => incident.At is null))
        {
            var named = rules.Find(wanted.Rule);
            if (named.Count != 1)
            {
                lines.Add($"- {wanted.Rule}  {(named.Count == 0 ? "no such rule is loaded" : "several rules have this title; write the name or id")}");
                continue;
            }

            var found = left.FindIndex(incident => incident.Rule == named[0].Info && (wanted.At ?? incident.At) == incident.At);
            if (found >= 0)
            {
                left.RemoveAt(found);
                continue;
            }

            lines.Add($"- {wanted.Rule}{(wanted.At is { } at ? $" at event {at}" : "")}  expected, did not open");
            lines.AddRange(explanation.Of(named[0]).Select(line => "    " + line));
        }

        lines.AddRange(left.Select(incident => $"+ {Say(incident)}  opened ({RuleWords.Of(incident.Rule.Level)}), not expected"));
        return lines;
    }

    // A story of what must alert says little when the agent would keep its events to itself.
    private IEnumerable<string> Unsent(RuleTest test, IReadOnlyList<HostEvent> events)
    {
        if (test.Incidents is not { Count: > 0 })
        {
            yield break;
        }

        for (var i = 0; i < events.Count; i++)
        {
            var reason = events[i] switch
            {
                FileOpenEvent open when (open.Flags & EventFlags.Sensitive) == 0 => $"no watch list names {open.Path}",
                CallEvent { IsFileChange: true } call when (call.Flags & EventFlags.Sensitive) == 0 => $"no watch list names {call.Path}",
                NetworkEvent network when (network.Flags & EventFlags.External) == 0 => $"{network.Address} is in an excluded network",
                { } e when !_filter.Passes(e) => $"forward.* keeps {e.Kind.ToString().ToLowerInvariant()} events back",
                _ => null,
            };
            if (reason is not null)
            {
                yield return $"event {i + 1} would not leave a host with the shipped configuration: {reason}";
            }
        }
    }

    private static string Say(OpenedIncident incident) => $"{RuleWords.NameOf(incident.Rule)} at event {incident.At}";
}
