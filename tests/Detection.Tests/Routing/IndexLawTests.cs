using Detection.Routing;
using Detection.Taxonomy;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;
using Xunit.Abstractions;

namespace Detection.Tests.Routing;

/// <summary>The law: with the index the same rules match the same records, in the same order, as without it.</summary>
public sealed class IndexLawTests(ITestOutputHelper output)
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(1_500);

    [Fact]
    public void The_index_reports_what_a_full_scan_finds()
    {
        var (tried, triedWithout, matched) = (0L, 0L, 0L);
        Check.One(Cases, Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var world = new RandomCase(seed);
            var rules = world.Rules(1 + (seed % 90));
            var scan = new RuleScan(new RuleIndex(rules));
            for (var i = 0; i < 12; i++)
            {
                var view = world.Event();
                var expected = Matches.ByFullScan(rules, view);

                Assert.True(expected.SequenceEqual(Matches.ByIndex(scan, view)), view.ToString());
                matched += expected.Count;
                triedWithout += (long)view.RecordCount * rules.Length;
            }

            tried += scan.CandidatesTried;
        }));

        output.WriteLine($"tried {tried}, at most {triedWithout}, matched {matched}");
        Assert.True(matched > 50_000, $"only {matched} matches: the cases show nothing");
        Assert.True(tried < triedWithout / 2, $"{tried} of {triedWithout} tried: the index keeps too little out");
    }

    [Fact]
    public void Over_events_of_the_sensor_too_under_all_the_names_of_what_they_hold()
    {
        var (tried, triedWithout, matched) = (0L, 0L, 0L);
        Check.One(Cases, Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var world = new RandomCase(seed, ofHost: true);
            var rules = world.Rules(1 + (seed % 90));
            var scan = new RuleScan(new RuleIndex(rules));
            var view = new HostEventView();
            HostEvent[] events = [.. Enumerable.Range(0, 8).Select(_ => world.HostEvent())];

            // What was found in a value is kept, so each event comes twice.
            foreach (var e in events.Concat(events))
            {
                view.Show(e);
                var expected = Matches.ByFullScan(rules, view);

                Assert.True(expected.SequenceEqual(Matches.ByIndex(scan, view)), $"{e.Process.Image} {e.Process.CommandLine}");
                matched += expected.Count;
                triedWithout += (long)view.RecordCount * rules.Length;
            }

            tried += scan.CandidatesTried;
        }));

        output.WriteLine($"tried {tried}, at most {triedWithout}, matched {matched}");
        Assert.True(matched > 50_000, $"only {matched} matches: the cases show nothing");
        Assert.True(tried < triedWithout / 2, $"{tried} of {triedWithout} tried: the index keeps too little out");
    }
}
