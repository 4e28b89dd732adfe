namespace Detection.Tests.Oracle;

/// <summary>Draws cases, and makes them smaller.</summary>
internal static class ScenarioGenerator
{
    private static readonly string[] LetterSets = ["a", "b", "c", "d", "a", "b", "c", "ab", "bc", "ac", "ad", "abc", "abcd", "x"];
    private static readonly string[] Users = ["", "u1", "u1", "u2", "U1"];
    private static readonly string[] Texts = ["", "1", "2", "2.0", "0.1", "0.2", "-1", "007", "x", "/tmp"];
    private static readonly long[] Jitters = [0, 0, 0, 0, -1, 1, 300_000, -300_000];

    /// <summary>The case of a seed.</summary>
    public static Scenario Draw(string family, int seed)
    {
        var random = new Random(seed);
        var generator = new RuleGenerator(random);
        var rules = generator.Draw(family, "first");
        if (random.Next(4) == 0)
        {
            rules.AddRange(generator.Draw(RuleGenerator.Families[random.Next(7)], "second"));
        }

        var losses = random.Next(3) == 0;
        var frames = random.Next(2) == 0;
        return new Scenario(rules, Events(random, losses), random.Next())
        {
            LatenessNs = Pick(random, [4_500_000_000, 4_500_000_000, 15_500_000_000, 100_500_000_000]),
            SuppressionNs = Pick(random, [0L, 2_000_000_000, 8_000_000_000]),
            Frames = frames,
            Told = frames && random.Next(3) > 0,
            Shuffled = random.Next(3) > 0,
            Repeated = random.Next(3) == 0,
            Resumed = random.Next(3) == 0,
        };
    }

    /// <summary>Cases that are one step smaller.</summary>
    public static IEnumerable<Scenario> Smaller(Scenario scenario)
    {
        foreach (var rule in scenario.Rules.Where(rule => !scenario.Rules.Any(user => user.Roles.Contains(rule.Name))))
        {
            if (scenario.Rules.Count > 1)
            {
                yield return scenario with { Rules = [.. scenario.Rules.Where(other => other != rule)] };
            }
        }

        for (var half = scenario.Events.Count / 2; half > 1; half /= 2)
        {
            yield return scenario with { Events = [.. scenario.Events.Skip(half)] };
            yield return scenario with { Events = [.. scenario.Events.SkipLast(half)] };
        }

        for (var i = 0; i < scenario.Events.Count; i++)
        {
            yield return scenario with { Events = [.. scenario.Events.Where((_, j) => j != i)] };
        }

        foreach (var plainer in Plainer(scenario))
        {
            yield return plainer;
        }
    }

    private static IEnumerable<Scenario> Plainer(Scenario scenario)
    {
        Scenario[] candidates =
        [
            scenario with { Resumed = false },
            scenario with { Repeated = false },
            scenario with { Shuffled = false },
            scenario with { Told = false },
            scenario with { Frames = false, Told = false },
            scenario with { Events = [.. scenario.Events.Select(e => e with { Filtered = 0 })] },
            scenario with { Events = [.. scenario.Events.Select(e => e with { LostBefore = 0, LostAfter = 0 })] },
        ];
        return candidates.Where(candidate =>
            candidate with { Events = scenario.Events } != scenario || !candidate.Events.SequenceEqual(scenario.Events));
    }

    private static List<EventSpec> Events(Random random, bool losses)
    {
        var ticks = Pick(random, [6, 12, 30]);
        var letters = LetterSets.Where(_ => random.Next(3) > 0).DefaultIfEmpty("a").ToList();
        int[] reboots = [random.Next(ticks * 2), random.Next(ticks * 2)];
        var drawn = Enumerable.Range(0, random.Next(1, 20))
            .Select(_ => (Tick: random.Next(ticks), Tie: random.Next(), Spec: Event(random, letters, losses)))
            .Select(e => e with { Spec = e.Spec with { Boot = e.Tick < reboots[e.Spec.Host] ? 0 : 1 } }).ToList();
        var events = new List<EventSpec>();
        foreach (var lane in drawn.GroupBy(e => e.Spec.Place))
        {
            // Within a lane the clocks of two CPUs may be a little apart: then numbers do not follow time. Not beside losses: from which
            // event to which they reach would not be clear.
            var placed = lane.Select(e => (e.Tick, e.Tie, Spec: e.Spec with { Ns = e.Spec.Ns + ((e.Tick + 100) * 1_000_000_000L) }));
            events.AddRange(losses
                ? placed.OrderBy(e => e.Spec.Ns).Select(e => e.Spec)
                : placed.OrderBy(e => e.Tick).ThenBy(e => e.Tie).Select(e => e.Spec));
        }

        return events;
    }

    private static EventSpec Event(Random random, List<string> letters, bool losses) => new(
        Host: random.Next(4) == 0 ? 1 : 0,
        Boot: 0,
        Lane: random.Next(2),
        Ns: Pick(random, Jitters),
        Letters: Pick(random, letters),
        Process: random.Next(World.Parents.Length),
        Session: random.Next(4),
        Container: random.Next(3),
        User: Pick(random, Users),
        Effective: Pick(random, Users),
        Text: Pick(random, Texts),
        Number: random.Next(4))
    {
        Filtered = random.Next(4) == 0 ? random.Next(1, 4) : 0,
        LostBefore = losses && random.Next(6) == 0 ? random.Next(1, 3) : 0,
        LostAfter = losses && random.Next(6) == 0 ? random.Next(1, 3) : 0,
    };

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
