using Detection.Rules;
using Detection.Taxonomy;
using Support;
using Xunit.Abstractions;

namespace Detection.Tests.SigmaLinux;

/// <summary>The public Linux rules of SigmaHQ against events of our sensor, both derived from the rules themselves.</summary>
public sealed class FiringTests(ITestOutputHelper output)
{
    private const int Goal = 200;

    [SharedFilesFact("sigma-linux")]
    public void Public_linux_rules_fire_at_an_event_made_for_them_and_not_at_a_near_miss()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "sigma-linux");
        var files = Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).StartsWith("rules", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var pack = RuleLoader.Load(files.Select(file => new RuleSource(Path.GetRelativePath(folder, file), File.ReadAllText(file))));
        var fired = new List<SigmaRule>();
        var silent = new List<string>();
        foreach (var rule in pack.Rules)
        {
            if (Derivation.Of(rule) is not { NearMiss: not null } derived)
            {
                silent.Add($"{rule.Source}: {rule.Info.Title}: {Silence.ReasonOf(rule)}");
                continue;
            }

            Assert.True(Derivation.Matches(rule, derived.Event), rule.Info.Title);
            Assert.False(Derivation.Matches(rule, derived.NearMiss), rule.Info.Title);
            fired.Add(rule);
        }

        // Keywords on no log at all are meant for lines of logs. Some fire at what our events say, but they do not count.
        var counted = fired.Count(rule => rule.Source != new LogSource("", "linux", ""));
        output.WriteLine($"rules {pack.Rules.Count}, fire {fired.Count}, {counted} of them on a category or service");
        foreach (var source in fired.CountBy(rule => rule.Source))
        {
            output.WriteLine($"  {source.Key}: {source.Value}");
        }

        pack.Refused.Select(refused => $"refused: {refused}").Concat(silent).ToList().ForEach(output.WriteLine);
        Assert.True(counted >= Goal, $"only {counted} rules fire");
    }
}
