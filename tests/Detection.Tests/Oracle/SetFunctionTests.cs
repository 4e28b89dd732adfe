using Detection.Findings;
using Detection.Rules;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>
/// The law: what the engine reports is a function of the set of events.
/// </summary>
/// <remarks>
/// In event order the reports must be exactly the oracle's incidents: same rule, group, opening event, first witness. In any other
/// order a report stands that a late firing would have made unnecessary (points 7 and 9 of the semantics: an incident that opened is
/// extended or joined without a second notification). So what is compared for shuffles is: the number of firings; every report is of
/// one of the oracle's firings; every incident of the oracle has a report; and two reports within one incident are further apart
/// than the suppression time, that is, they were separate incidents when they were reported.
/// </remarks>
public sealed class SetFunctionTests
{
    private static readonly RulePack Pack = Packs.LoadAll(OracleRule.PackText);

    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(700);

    [Fact]
    public void In_event_order_reports_are_exactly_the_incidents_of_the_oracle() => Check.One(Cases, Prop.ForAll(
        Arb.From(World.Specs, Smaller),
        specs =>
        {
            var events = World.Events(specs);
            var oracle = new NaiveOracle(specs, events);
            var firings = oracle.Firings();
            var engine = Engine();
            var sorted = events.OrderBy(e => e.TimeNs).ThenBy(e => e.Id).ToList();

            var reports = sorted.SelectMany(engine.Evaluate).ToList();

            var expected = NaiveOracle.Clusters(firings).Select(cluster => Line(cluster[0].Rule, cluster[0].Group, cluster[0].Event, cluster[0].Start));
            Assert.Equal(expected.Order(StringComparer.Ordinal), reports.Select(Line).Order(StringComparer.Ordinal));
            Assert.Equal(firings.Count, engine.Counters.Firings);
            Assert.Equal(reports.Count, reports.Select(report => report.Id).Distinct().Count());
            Assert.All(reports, report => Assert.False(report.Late));
            Assert.All(reports, AssertWitnessesAscend);
        }));

    [Fact]
    public void In_any_order_with_duplicates_reports_are_of_the_same_incidents() => Check.One(Cases, Prop.ForAll(
        Arb.From(World.Specs, Smaller),
        Arb.From(Gen.Choose(0, int.MaxValue)),
        (specs, seed) =>
        {
            var events = World.Events(specs);
            var firings = new NaiveOracle(specs, events).Firings();
            var engine = Engine();

            var reports = ShuffledWithDuplicates(events, seed).SelectMany(engine.Evaluate).ToList();

            Assert.Equal(firings.Count, engine.Counters.Firings);
            Assert.All(reports, AssertWitnessesAscend);
            var open = reports.Select(Line3).ToList();
            foreach (var cluster in NaiveOracle.Clusters(firings))
            {
                var reported = cluster.Where(firing => open.Remove(Line3(firing.Rule, firing.Group, firing.Event))).ToList();
                Assert.NotEmpty(reported);
                Assert.All(reported.Zip(reported.Skip(1)), pair =>
                    Assert.True(pair.Second.Event.TimeNs - pair.First.Event.TimeNs > World.SuppressionNs, "one incident was reported twice"));
            }

            Assert.Empty(open);
        }));

    [Fact]
    public void In_event_order_ids_do_not_depend_on_duplicates_or_on_the_engine() => Check.One(Cases, Prop.ForAll(
        Arb.From(World.Specs, Smaller),
        specs =>
        {
            var sorted = World.Events(specs).OrderBy(e => e.TimeNs).ThenBy(e => e.Id).ToList();
            DetectionEngine once = Engine(), twice = Engine();

            Assert.Equal(
                sorted.SelectMany(once.Evaluate).Select(report => report.Id),
                sorted.Concat(sorted).SelectMany(twice.Evaluate).Select(report => report.Id));
            Assert.Equal(sorted.Count, twice.Counters.Duplicates);
        }));

    private static DetectionEngine Engine() => new(Pack, new DetectionLimits { SuppressionNs = World.SuppressionNs });

    private static HostEvent[] ShuffledWithDuplicates(HostEvent[] events, int seed)
    {
        var random = new Random(seed);
        HostEvent[] all = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(all);
        return all;
    }

    private static IEnumerable<EventSpec[]> Smaller(EventSpec[] specs) =>
        Enumerable.Range(0, specs.Length).Select(left => specs.Where((_, i) => i != left).ToArray()).Where(rest => rest.Length > 0);

    private static void AssertWitnessesAscend(Incident incident)
    {
        Assert.All(incident.Witnesses.Zip(incident.Witnesses.Skip(1)), pair => Assert.True(
            (pair.First.Event.TimeNs, pair.First.Event.Id).CompareTo((pair.Second.Event.TimeNs, pair.Second.Event.Id)) < 0));
        Assert.InRange(incident.LastTimeNs - incident.FirstTimeNs, 0, World.TimespanNs);
    }

    private static string Line(Incident incident) =>
        Line(incident.Rule.Title, GroupText(incident), incident.Witnesses[^1].Event, incident.Witnesses[0].Event);

    private static string Line(string rule, string group, HostEvent firing, HostEvent start) => $"{Line3(rule, group, firing)} from {start.Id}";

    private static string Line3(Incident incident) => Line3(incident.Rule.Title, GroupText(incident), incident.Witnesses[^1].Event);

    private static string Line3(string rule, string group, HostEvent firing) => $"{rule} [{group}] at {firing.Id}";

    private static string GroupText(Incident incident) => incident.Group.Count == 0 ? "" : incident.Group[0].Value;
}
