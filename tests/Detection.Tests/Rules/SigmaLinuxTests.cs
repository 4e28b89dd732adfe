using Detection.Rules;
using Support;
using Xunit.Abstractions;

namespace Detection.Tests.Rules;

/// <summary>The public Linux rules of SigmaHQ: each loads or is refused with a place and a reason.</summary>
public sealed class SigmaLinuxTests(ITestOutputHelper output)
{
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

        foreach (var reason in pack.Refused.GroupBy(refused => refused.Reason).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"  refused {reason.Count()}: {reason.Key} e.g. {reason.First()}");
        }

        Assert.True(pack.Rules.Count + pack.Refused.Count >= files.Length);
        Assert.All(pack.Refused, refused => Assert.True(refused is { Line: > 0, Column: > 0, Reason.Length: > 0, Title.Length: > 0 }, refused.ToString()));
        Assert.True(pack.Rules.Count >= 150, $"only {pack.Rules.Count} rules load");
    }
}
