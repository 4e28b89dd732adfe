using EdgeAgent.Probes;
using EdgeAgent.Start;
using Support;

namespace EdgeAgent.Tests.Start;

public sealed class RightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RootFact]
    public void Act_that_needs_a_right_is_refused_without_it_and_not_with_it()
    {
        File.SetUnixFileMode(_folder.File("closed", "text"), UnixFileMode.None);

        Assert.True(Rights.IsRefusedWith(Rights.Bit(Capability.CAP_NET_ADMIN), CanRead));
        Assert.False(Rights.IsRefusedWith(Rights.Bit(Capability.CAP_DAC_READ_SEARCH), CanRead));
    }

    [RootFact]
    public void Rights_of_the_asking_thread_stay()
    {
        var before = File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("CapEff", StringComparison.Ordinal));

        Rights.IsRefusedWith(0, () => true);

        Assert.Equal(before, File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("CapEff", StringComparison.Ordinal)));
    }

    private bool CanRead()
    {
        try
        {
            return File.ReadAllText(_folder["closed"]) == "text";
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
