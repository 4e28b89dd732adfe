using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class CapabilitiesTests
{
    private const string All =
        "CAP_DAC_READ_SEARCH, CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_SYS_RESOURCE, CAP_PERFMON, CAP_BPF";

    [Theory]
    [InlineData("CapEff:\t000001ffffffffff", "")]
    [InlineData("CapEff:\t0000003fffdfffff", "CAP_PERFMON, CAP_BPF")]
    [InlineData("CapEff:\t00000000a80425fb", All)]
    [InlineData("CapEff:\t0000000000000000", All)]
    [InlineData("CapPrm:\t000001ffffffffff", All)]
    public void What_is_missing_is_named(string line, string missing) =>
        Assert.Equal(missing, string.Join(", ", Capabilities.Missing(["Name:\tx", line])));

    [Fact]
    public void Administrator_of_an_older_kernel_needs_no_capabilities_of_newer_ones() =>
        Assert.Empty(Capabilities.Missing(["CapEff:\t0000003fffffffff"]));

    [Theory]
    [InlineData("CapEff:\t0000003fffffffff", true)]
    [InlineData("CapEff:\t000001ffffdfffff", false)]
    public void Administrator_is_known_by_that_capability_alone(string line, bool isAdministrator) =>
        Assert.Equal(isAdministrator, Capabilities.IsAdministrator([line]));
}
