using EdgeAgent.Enrichment;
using EdgeAgent.Probes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Probes;

public sealed class OwnProcessTests
{
    [Fact]
    public void Another_process_that_had_the_same_id_is_not_this_one()
    {
        var start = OwnProcess.StartTick * ProcFiles.NsPerTick;

        Assert.True(OwnProcess.Is(new ProcessKey(OwnProcess.Id, start + 1)));
        Assert.False(OwnProcess.Is(new ProcessKey(OwnProcess.Id, start + (2 * ProcFiles.NsPerTick))));
        Assert.False(OwnProcess.Is(new ProcessKey(OwnProcess.Id + 1, start)));
    }

    [Theory]
    [InlineData("monotonic           0         0\nboottime            0         0\n", false)]
    [InlineData("monotonic           0         0\nboottime       172800         0\n", true)]
    [InlineData("monotonic           0         0\nboottime            0       500\n", true)]
    public void Time_namespace_with_another_time_since_boot_is_known(string offsets, bool isShifted)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(isShifted, OwnProcess.IsTimeShifted(folder.File("timens_offsets", offsets)));
    }
}
