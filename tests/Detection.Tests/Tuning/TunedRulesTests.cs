using Detection.Findings;
using Detection.Rules;
using Detection.Tests.Correlation;
using Detection.Tuning;
using Wire.Model;

namespace Detection.Tests.Tuning;

/// <summary>What a tuning does to rules and correlations.</summary>
public sealed class TunedRulesTests
{
    private const long Second = 1_000_000_000;
    private const string Chain = "title: X\nname: x\ncorrelation: { type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host] }\nlevel: high\n---\n";
    private const string Alone = "title: D\nname: d\nlogsource: { product: linux, category: process_creation }\ndetection: { s: { Image|contains: d }, condition: s }\n---\n";

    private readonly Story _story = new();

    [Fact]
    public void Rule_does_not_fire_at_what_an_exception_matches()
    {
        var pack = Load("d", "{ Image|endswith: ok }");

        Assert.Equal(["d"], Run(pack, _story.Exec("d", 1), _story.Exec("dok", 2)).Select(ImageOf));
    }

    [Fact]
    public void Exception_ends_at_the_same_event_whenever_it_is_evaluated()
    {
        var before = _story.Exec("dok", 1);
        var at = _story.Exec("dok", 2 * Second);
        var end = DateTime.UnixEpoch.AddTicks(at.TimeNs / 100);
        Assert.Equal(0, end.Ticks % TimeSpan.TicksPerSecond);
        var pack = Load("d", "{ Image|endswith: ok }", end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Same(at, Assert.Single(Run(pack, before, at)).Witnesses[0].Event);
    }

    [Fact]
    public void Correlation_does_not_fire_when_the_event_that_completes_it_is_excepted()
    {
        var pack = Load("x", "{ Image|contains: ok }");

        Assert.Empty(Run(pack, _story.Exec("a", 1), _story.Exec("b ok", Second)));
        Assert.Single(Run(pack, _story.Exec("a ok", 20 * Second), _story.Exec("b", 21 * Second)));
    }

    [Fact]
    public void Exception_for_a_part_is_one_for_what_refers_to_it() =>
        Assert.Empty(Run(Load("a", "{ Image|contains: ok }"), _story.Exec("a ok", 1), _story.Exec("b", Second)));

    [Fact]
    public void Meaning_of_a_rule_changes_with_its_exceptions_and_not_with_its_level()
    {
        string[] Hashes(string tuning) => [.. RulesOf(LoadText(tuning)).Select(rule => rule.Info.SemanticHash)];
        var plain = Hashes("");
        var excepted = Hashes(Text("d", "{ User: x }", "2027-01-31"));

        Assert.Equal(1, plain.Zip(excepted).Count(pair => pair.First != pair.Second));
        Assert.NotEqual(excepted, Hashes(Text("d", "{ User: x }", "2027-02-01")));
        Assert.Equal(plain, Hashes("severity: [{ rule: d, level: low, reason: r }]"));
    }

    [Fact]
    public void Level_is_that_of_the_tuning()
    {
        var pack = LoadText("severity: [{ rules: [d, x], level: critical, reason: r }]");

        Assert.Equal(["d", "x"], RulesOf(pack).Where(rule => rule.Info.Level == RuleLevel.Critical).Select(rule => rule.Info.Name));
    }

    [Fact]
    public void Faults_of_a_tuning_say_their_place_and_the_other_entries_hold()
    {
        var pack = LoadText("""
            exceptions:
              - { rule: nobody, reason: r, expires: 2027-01-31, filter: { Image: x } }
              - { rule: d, reason: r, expires: 2027-01-31, filter: { Image|nonsense: x } }
              - { rule: d, reason: r, expires: 2027-01-31, filter: { Image|endswith: ok } }
            severity: [{ rule: none, reason: r, level: low }]
            """);

        Assert.Equal(
            ["tuning.yaml:2:13 there is", "tuning.yaml:3:58 modifier", "tuning.yaml:5:20 there is"],
            pack.TuningFaults.Select(fault => $"{fault.File}:{fault.Line}:{fault.Column} {fault.Reason[..9].TrimEnd()}"));
        Assert.Equal(["d"], Run(pack, _story.Exec("d", 1), _story.Exec("dok", 2)).Select(ImageOf));
    }

    private static IEnumerable<Rule> RulesOf(RulePack pack) => pack.Rules.Cast<Rule>().Concat(pack.Correlations);

    private static string ImageOf(Incident incident) => incident.Witnesses[^1].Event.Process.Image.TrimStart('/');

    private static List<Incident> Run(RulePack pack, params HostEvent[] events)
    {
        Assert.Empty(pack.Refused);
        var engine = new DetectionEngine(pack);
        return [.. events.SelectMany(engine.Evaluate).Where(incident => incident.Change == IncidentChange.Opened)];
    }

    private static RulePack Load(string rule, string filter, string expires = "2261-01-01")
    {
        var pack = LoadText(Text(rule, filter, expires));
        Assert.Empty(pack.TuningFaults);
        return pack;
    }

    private static string Text(string rule, string filter, string expires) =>
        $"exceptions: [{{ rule: {rule}, reason: r, expires: {expires}, filter: {filter} }}]";

    private static RulePack LoadText(string tuning) => RuleLoader.Load(
        [new RuleSource("rules.yml", Packs.Letters + Alone + Chain)], TuningReader.Read(new RuleSource("tuning.yaml", tuning), "prod"));
}
