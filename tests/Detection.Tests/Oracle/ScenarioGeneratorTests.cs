namespace Detection.Tests.Oracle;

/// <summary>The law is worth something only if what is drawn is rich.</summary>
public sealed class ScenarioGeneratorTests
{
    private const int Drawn = 400;

    public static TheoryData<string> Families => new(RuleGenerator.Families);

    [Theory]
    [MemberData(nameof(Families))]
    public void Many_cases_have_incidents_of_correlations_and_some_have_long_ones(string family)
    {
        var cases = Cases(family).Select(scenario => (Scenario: scenario, Incidents: Correlated(scenario))).ToList();

        Assert.InRange(cases.Count(one => one.Incidents.Count > 0), Drawn / 6, Drawn * 9 / 10);
        Assert.InRange(cases.Count(one => one.Incidents.Any(incident => incident.Firings > 1)), Drawn / 20, Drawn);
        Assert.InRange(cases.Count(one => one.Incidents.Select(incident => incident.Group).Distinct().Count() > 1), Drawn / 50, Drawn);
    }

    [Fact]
    public void Some_chains_relate_the_firings_of_correlations_that_relate_events_themselves_and_some_that_do_not()
    {
        var related = Enumerable.Range(0, 10 * Drawn).Select(seed => ScenarioGenerator.Draw("chained", seed)).Where(scenario => scenario.Rules.FirstOrDefault(rule => rule.Name == "outer")?.Groups.Any(entry => entry.IsRelation) == true)
            .Select(scenario => (Inner: scenario.Rules.First(rule => rule.Name == "inner").Groups.Any(entry => entry.IsRelation), Fires: Correlated(scenario).Exists(one => one.Rule == "outer")))
            .ToList();

        Assert.Contains((true, true), related);
        Assert.Contains((false, true), related);
    }

    [Theory]
    [InlineData("event_count")]
    [InlineData("value_count")]
    [InlineData("temporal")]
    [InlineData("boolean")]
    [InlineData("numeric")]
    [InlineData("chained")]
    public void Some_verdicts_are_unknown_and_most_are_not(string family)
    {
        var verdicts = Cases(family).SelectMany(Correlated).Select(incident => incident.Verdict).ToList();

        Assert.InRange(verdicts.Count(verdict => verdict == OracleVerdict.Unknown), verdicts.Count / 100, verdicts.Count / 2);
    }

    [Fact]
    public void Nothing_arrives_later_than_the_bound_allows()
    {
        foreach (var scenario in RuleGenerator.Families.SelectMany(Cases))
        {
            var newest = 0L;
            var seen = new HashSet<Parcel>();
            foreach (var parcel in Delivery.Of(scenario).Where(seen.Add))
            {
                var beginsWithLoss = parcel.Frame?.Lost.Any(lost => parcel.Frame.Events.Count == 0 || lost.Range.First < parcel.Frame.Events[0].Sequence) == true;
                Assert.True(!beginsWithLoss || parcel.OldestNs >= newest - scenario.LatenessNs, scenario.ToString());
                Assert.All(parcel.Frame?.Events ?? [parcel.Event!], e => Assert.True(e.TimeNs >= newest - scenario.LatenessNs, scenario.ToString()));
                newest = Math.Max(newest, parcel.NewestNs);
            }
        }
    }

    [Fact]
    public void Frames_of_a_lane_account_for_every_number_once()
    {
        foreach (var scenario in RuleGenerator.Families.SelectMany(Cases).Where(scenario => scenario is { Frames: true, Repeated: false }))
        {
            foreach (var lane in Delivery.Of(scenario).Select(parcel => parcel.Frame!).Where(frame => frame.Range.Count > 0)
                .GroupBy(frame => (frame.Host, frame.Lane)))
            {
                var next = 1UL;
                foreach (var frame in lane.OrderBy(frame => frame.Range.First))
                {
                    Assert.Equal(next, frame.Range.First);
                    Assert.All(frame.Events, e => Assert.DoesNotContain(frame.Lost, lost => lost.Range.Contains(e.Sequence)));
                    next = frame.Range.Last + 1;
                }
            }
        }
    }

    [Fact]
    public void Some_frames_have_no_events_and_what_hosts_say_of_their_lanes_is_true()
    {
        var frames = RuleGenerator.Families.SelectMany(Cases).Where(scenario => scenario.Told)
            .Select(scenario => (scenario.Events, Frames: Delivery.Of(scenario).Select(parcel => parcel.Frame!).ToList(), Numbers: scenario.Number())).ToList();

        Assert.Contains(frames, one => one.Frames.Exists(frame => frame is { Events.Count: 0, Range.Count: > 0, Lost.Count: 0 }));
        Assert.Contains(frames, one => one.Frames.Exists(frame => frame is { Events.Count: 0, Lost.Count: > 0 }));
        Assert.Contains(frames, one => one.Frames.Exists(frame => frame is { Range.Count: 0, Progress.Count: > 0 }));
        foreach (var (_, sent, numbers) in frames)
        {
            foreach (var (frame, said) in sent.SelectMany(frame => frame.Progress.Select(said => (frame, said))))
            {
                Assert.DoesNotContain(numbers, number => number.Event.Host == frame.Host && number.Event.Lane == said.Lane
                    && number.Event.BootNs < said.UntilBootNs && number.Event.Sequence > said.Last);
            }
        }
    }

    private static IEnumerable<Scenario> Cases(string family) => Enumerable.Range(0, Drawn).Select(seed => ScenarioGenerator.Draw(family, seed));

    private static List<OracleIncident> Correlated(Scenario scenario) =>
        [.. new NaiveOracle(scenario).Incidents().Where(incident => incident.Rule.Length > 1)];
}
