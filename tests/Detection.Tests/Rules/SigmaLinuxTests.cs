using Detection.Rules;
using Support;
using Xunit.Abstractions;

namespace Detection.Tests.Rules;

/// <summary>The public Linux rules of SigmaHQ: each loads or is refused with a place and a reason.</summary>
public sealed class SigmaLinuxTests(ITestOutputHelper output)
{
    // By the specification: aggregations and timeframe are gone from conditions, the status says that the rule is unusable, and one file
    // is a configuration of another program.
    private static readonly string[] Allowed =
    [
        "'|' is not expected here in the condition",
        "timeframe in a detection is the old form of correlations",
        "status is 'unsupported'",
        "neither detection nor correlation nor filter",
    ];

    [SharedFilesFact("sigma-linux")]
    public void Every_public_linux_rule_loads_or_is_refused_with_a_reason()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "sigma-linux");
        var files = Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories);
        var pack = RuleLoader.Load(files.Select(file => new RuleSource(Path.GetRelativePath(folder, file), File.ReadAllText(file))));

        output.WriteLine($"files {files.Length}, rules {pack.Rules.Count}, refused {pack.Refused.Count}");
        foreach (var category in pack.Rules.GroupBy(rule => rule.Source).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"  loaded {category.Key}: {category.Count()}");
        }

        foreach (var refused in pack.Refused)
        {
            output.WriteLine($"  {refused}");
        }

        Assert.True(pack.Rules.Count + pack.Refused.Count >= files.Length);
        Assert.All(pack.Refused, refused => Assert.True(refused is { Line: > 0, Column: > 0, Reason.Length: > 0, Title.Length: > 0 }, refused.ToString()));
        Assert.All(pack.Refused, refused => Assert.Contains(Allowed, reason => refused.Reason.Contains(reason, StringComparison.Ordinal)));
        Assert.All(pack.Refused, refused => Assert.False(refused.File.StartsWith("rules", StringComparison.Ordinal), refused.ToString()));
        Assert.Empty(pack.Warnings);
        Assert.InRange(pack.Refused.Count, 0, 8);
        Assert.True(pack.Rules.Count >= 248, $"only {pack.Rules.Count} rules load");
    }
}
