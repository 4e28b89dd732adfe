using Fuzz.Targets;

namespace Fuzz.Tests;

/// <summary>A share of <c>make fuzz</c> that is the same each time.</summary>
public sealed class ShortFuzzTests
{
    private const int Seed = 20_261_125;

    private const int Cases = 120;

    private const int OneIn = 25;

    public static TheoryData<string> Targets => new(AllTargets.Make().Select(target => target.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Hostile_inputs_neither_crash_nor_hang_nor_take_unbounded_memory(string name)
    {
        var target = AllTargets.Make().Single(target => target.Name == name);
        using var output = new StringWriter();
        using var run = new FuzzRun(FuzzLimits.Usual, output, null, () => Environment.FailFast(output.ToString()));

        for (var i = 0; i < Math.Max(Cases, target.LeastCases / OneIn); i++)
        {
            run.RunCase(target, Seed, i);
        }

        Assert.True(run.Findings == 0, output.ToString());
    }
}
