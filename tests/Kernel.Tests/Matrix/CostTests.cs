using KernelMatrix;

namespace Kernel.Tests.Matrix;

/// <summary>How the counted instructions are compared with those that are kept.</summary>
public sealed class CostTests
{
    private const string Release = "6.1.0-56-cloud-amd64";
    private static readonly Cost Kept = new("6.1", Release, "fexit", "", 355, 0);

    [Fact]
    public void Guest_tells_its_kernel_and_what_each_set_costs()
    {
        var costs = GuestLog.ReadCosts("6.1",
        [
            $$"""Booting@@{"is":"kernel","release":"{{Release}}","lsm":"","lockdown":""}""",
            """@@{"is":"cost","set":"fexit","refused":"","open":355.0,"getppid":0.0}""",
            """@@{"is":"cost","set":"tp_btf","refused":"Invalid argument"}""",
            """@@{"is":"end"}""",
        ]);

        Assert.Equal([Kept, new Cost("6.1", Release, "tp_btf", "Invalid argument", 0, 0)], costs);
    }

    [Fact]
    public void Guest_that_did_not_end_tells_nothing() => Assert.Empty(GuestLog.ReadCosts("6.1", ["""@@{"is":"cost","set":"fexit","refused":"","open":1,"getppid":0}"""]));

    [Fact]
    public void Line_of_the_kept_table_is_read_as_it_was_written()
    {
        Assert.Equal(Kept, Cost.Parse(Kept.ToString()));
        Assert.Null(Cost.Parse("# kernel release set open getppid"));
        Assert.Null(Cost.Parse(""));
    }

    [Theory]
    [InlineData(355, 0, true)]
    [InlineData(365, 3, true)]
    [InlineData(366, 0, false)]
    [InlineData(344, 0, false)]
    [InlineData(355, 4, false)]
    public void Three_percent_more_or_less_on_the_same_kernel_fails(double open, double getppid, bool isRight) =>
        Assert.Equal(isRight, CostReport.Write([Kept with { Open = open, Getppid = getppid }], [Kept], TextWriter.Null));

    [Theory]
    [InlineData(390, true)]
    [InlineData(391, false)]
    public void Other_release_may_differ_by_ten_percent(double open, bool isRight) =>
        Assert.Equal(isRight, CostReport.Write([Kept with { Release = "6.1.0-57-cloud-amd64", Open = open }], [Kept], TextWriter.Null));

    [Fact]
    public void Refused_new_and_missing_sets_fail()
    {
        Assert.False(CostReport.Write([Kept with { Refusal = "Invalid argument" }], [Kept], TextWriter.Null));
        Assert.False(CostReport.Write([Kept, Kept with { Set = "tp_btf" }], [Kept], TextWriter.Null));
        Assert.False(CostReport.Write([Kept], [Kept, Kept with { Set = "tp_btf" }], TextWriter.Null));
        Assert.True(CostReport.Write([Kept], [Kept, Kept with { Kernel = "6.12", Set = "tp_btf" }], TextWriter.Null));
    }
}
