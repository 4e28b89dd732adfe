using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;
using Support;
using Xunit.Abstractions;

namespace Detection.Tests.Routing;

/// <summary>The index over the public Linux rules of SigmaHQ, against a full scan.</summary>
public sealed class SigmaLinuxIndexTests(ITestOutputHelper output)
{
    private const int Rounds = 6;

    [SharedFilesFact("sigma-linux")]
    public void Records_made_for_public_rules_and_records_nearly_so_match_the_same_rules_as_in_a_full_scan()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "sigma-linux");
        var files = Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories);
        var rules = RuleLoader.Load(files.Select(file => new RuleSource(Path.GetRelativePath(folder, file), File.ReadAllText(file)))).Rules;
        var scan = new RuleScan(new RuleIndex(rules));
        var random = new Random(1);
        var maker = new RecordFromRule(random);
        var matched = new HashSet<int>();
        var matches = 0;
        foreach (var rule in Enumerable.Repeat(rules, Rounds).SelectMany(round => round))
        {
            var made = maker.Make(rule);
            var other = rules[random.Next(rules.Count)].Source;
            var view = new RecordsView((Full(rule.Source), made), (Full(rule.Source), maker.Changed(made)), (Full(other), made));
            var expected = Matches.ByFullScan(rules, view);

            Assert.True(expected.SequenceEqual(Matches.ByIndex(scan, view)), view.ToString());
            matched.UnionWith(expected.Select(match => match.Rule));
            matches += expected.Count;
        }

        output.WriteLine($"{rules.Count} rules, {matched.Count} matched, {matches} matches, {scan.CandidatesTried} tried");
        Assert.True(matched.Count > rules.Count * 9 / 10, $"only {matched.Count} of {rules.Count} rules matched anything");
        Assert.True(scan.CandidatesTried < Rounds * rules.Count * rules.Count / 4, $"{scan.CandidatesTried} tried");
    }

    private static LogSource Full(LogSource source) =>
        new(source.Category.Length > 0 ? source.Category : "any", source.Product, source.Service.Length > 0 ? source.Service : "any");
}
