using EdgeAgent.Probes;
using EdgeAgent.Start;
using Support;

namespace EdgeAgent.Tests.Start;

public sealed class RightsTests
{
    private const string Closed = "/proc/1/exe";

    [RootFact]
    public void Act_that_needs_a_right_is_refused_without_it_and_not_with_it()
    {
        Assert.True(Rights.IsRefusedWith(Rights.Bit(Capability.CAP_NET_ADMIN), CanReadLink));
        Assert.False(Rights.IsRefusedWith(Rights.Bit(Capability.CAP_SYS_PTRACE), CanReadLink));
    }

    [RootFact]
    public void Rights_of_the_asking_thread_stay()
    {
        var before = File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("CapEff", StringComparison.Ordinal));

        Rights.IsRefusedWith(0, () => true);

        Assert.Equal(before, File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("CapEff", StringComparison.Ordinal)));
    }

    /// <summary>The program of another process.</summary>
    private static bool CanReadLink()
    {
        try
        {
            return File.ResolveLinkTarget(Closed, returnFinalTarget: false) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
