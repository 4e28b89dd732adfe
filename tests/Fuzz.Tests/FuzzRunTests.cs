using Support;

namespace Fuzz.Tests;

/// <summary>That a run sees what it is there to see.</summary>
public sealed class FuzzRunTests
{
    private static readonly FuzzLimits Low = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), 1 << 20);

    [Fact]
    public void Exception_is_a_finding_and_its_input_is_kept()
    {
        using var folder = new TemporaryFolder();
        var (findings, output) = Run(_ => throw new InvalidOperationException("broken"), folder.Path);

        Assert.Equal(1, findings);
        Assert.Contains("broken", output, StringComparison.Ordinal);
        var kept = Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Contains($"--target fake --input {kept}", output, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(kept));
    }

    [Fact]
    public void Allocation_beyond_the_bound_is_a_finding()
    {
        var (findings, output) = Run(_ => GC.KeepAlive(new byte[3 << 20]), null);

        Assert.Equal(1, findings);
        Assert.Contains("3 MiB allocated", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_that_hangs_is_a_finding_while_it_hangs()
    {
        using var told = new ManualResetEventSlim();
        var (findings, output) = Run(_ => told.Wait(TimeSpan.FromSeconds(30)), null, told.Set);

        Assert.Equal(1, findings);
        Assert.Contains("still running after", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_within_the_bounds_is_no_finding() => Assert.Equal((0, ""), Run(_ => { }, null));

    [Fact]
    public void Same_seed_and_number_give_the_same_input_and_others_another()
    {
        foreach (var target in Targets.AllTargets.Make())
        {
            Assert.Equal(target.Make(new Random(5)), target.Make(new Random(5)));
            Assert.NotEqual(target.Make(new Random(5)), target.Make(new Random(6)));
        }
    }

    private static (int Findings, string Output) Run(Action<byte[]> action, string? folder, Action? onHang = null)
    {
        using var output = new StringWriter();
        using var run = new FuzzRun(Low, output, folder, onHang ?? (() => { }));
        run.RunCase(new Fake(action), 1, 1);
        return (run.Findings, output.ToString().TrimEnd());
    }

    private sealed class Fake(Action<byte[]> action) : FuzzTarget
    {
        public override string Name => "fake";

        public override byte[] Make(Random random) => [1, 2, 3];

        public override void Run(ReadOnlySpan<byte> input) => action(input.ToArray());
    }
}
