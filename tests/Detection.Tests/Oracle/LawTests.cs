using System.Globalization;
using Detection.Findings;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Detection.Tests.Oracle;

/// <summary>
/// The law: what the engine reports in the end is a function of the set of events. For any rules and events, in any order within the
/// lateness bound, with anything delivered twice, in frames or one by one, stopped and resumed anywhere: the incidents of the oracle.
/// </summary>
/// <remarks>
/// PROPERTY_CASES: how many cases in all. PROPERTY_SEED: the seed of a run, from its output, to play it again. With several workers the same cases
/// are played each time unless one of the two is set. There the engine may doubt what is certain (docs: decision 0021), and never the other way round.
/// </remarks>
public sealed class LawTests(ITestOutputHelper output)
{
    private const int UsualCases = 2_400;
    private const int UsualStoreCases = 800;
    private const ulong UsualStoreSeed = 1;

    public static TheoryData<string> Families => new(RuleGenerator.Families);

    [Theory]
    [MemberData(nameof(Families))]
    public void Incidents_are_those_of_the_oracle_however_the_events_arrive(string family) => Check(family, UsualCases, AssertLaw);

    [Theory]
    [MemberData(nameof(Families))]
    public void Incidents_are_those_of_the_oracle_with_several_workers_on_one_store(string family) => Check(
        family, UsualStoreCases, AssertStoreLaw, Number("PROPERTY_CASES") is null ? UsualStoreSeed : null);

    private void Check(string family, int usualCases, Action<Scenario> law, ulong? usualSeed = null)
    {
        var cases = (Number("PROPERTY_CASES") is { } count ? (int)count : usualCases) / RuleGenerator.Families.Length;
        var seed = Number("PROPERTY_SEED") ?? usualSeed ?? (ulong)Random.Shared.NextInt64();
        output.WriteLine($"PROPERTY_SEED={seed}, {cases} cases of {family}");
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(cases)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));

        var scenarios = Gen.Choose(int.MinValue, int.MaxValue).Select(drawn => ScenarioGenerator.Draw(family, drawn));
        try
        {
            FsCheck.Check.One(config, Prop.ForAll(Arb.From(scenarios, ScenarioGenerator.Smaller), law));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"PROPERTY_SEED={seed} shows it again", e);
        }
    }

    private static void AssertStoreLaw(Scenario scenario)
    {
        var oracle = new NaiveOracle(scenario);
        var reports = StoreRun.Of(scenario);
        AssertIncidents(oracle, reports, mayDoubt: true);
        Assert.Equal(reports.Count, reports.Select(report => (report.Id, report.Change)).Distinct().Count());
    }

    private static void AssertLaw(Scenario scenario)
    {
        var oracleOfAll = new NaiveOracle(scenario);
        var (reports, firings) = EngineRun.Of(scenario);
        AssertIncidents(oracleOfAll, reports);
        ReportLaw.Assert(scenario, oracleOfAll, reports);
        WitnessLaw.Assert(scenario, oracleOfAll, firings);
    }

    private static void AssertIncidents(NaiveOracle naive, List<Incident> reports, bool mayDoubt = false)
    {
        var closed = reports.Where(report => report.Change == IncidentChange.Closed).ToList();
        // Written out, because xunit cuts lines short.
        var expected = naive.Incidents().ToList();
        var found = closed.Select(report => OracleIncident.Of(report))
            .Select(one => mayDoubt && expected.Contains(one with { Verdict = OracleVerdict.Certain }) ? one with { Verdict = OracleVerdict.Certain } : one);
        string oracle = Text(expected), engine = Text(found);
        Assert.True(oracle == engine, $"the oracle says\n{oracle}\nand the engine\n{engine}\n");
        Assert.Equal(closed.Count, closed.Select(report => report.Id).Distinct().Count());
        var opened = reports.Where(report => report.Change == IncidentChange.Opened).Select(report => report.Id).ToList();
        Assert.Equal(opened.Count, opened.Distinct().Count());
        Assert.Empty(closed.Select(report => report.Id).Except(opened));
    }

    private static string Text(IEnumerable<OracleIncident> incidents) => string.Join('\n', OracleIncident.Lines(incidents));

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
