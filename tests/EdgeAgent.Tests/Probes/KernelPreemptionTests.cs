using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class KernelPreemptionTests
{
    private const string Debian = "Linux version 6.12.107 (gcc-14) #1 SMP PREEMPT_DYNAMIC Debian 6.12.107-1\n";

    [Theory]
    [InlineData("Linux version 5.10.0 (gcc-10) #1 SMP Debian 5.10.262-1\n", null, false)]
    [InlineData("Linux version 6.1.0 (gcc-12) #1 SMP PREEMPT_RT Debian\n", "(none) voluntary full", true)]
    [InlineData("Linux version 6.1.0 (gcc-12) #1 SMP PREEMPT Debian\n", null, true)]
    [InlineData(Debian, "none (voluntary) full\n", false)]
    [InlineData(Debian, "(none) voluntary full\n", false)]
    [InlineData(Debian, "none voluntary (full) lazy\n", true)]
    [InlineData(Debian, "full (lazy)\n", true)]
    [InlineData(Debian, "(undefined)\n", true)]
    [InlineData(Debian, "", null)]
    [InlineData(Debian, null, null)]
    public void Kernel_preempts_unless_it_is_known_not_to(string version, string? mode, bool? preempts) =>
        Assert.Equal(preempts, KernelPreemption.KnownBy(version, () => mode));

    [Fact]
    public void Mode_is_asked_of_no_kernel_that_cannot_change_it() =>
        Assert.False(KernelPreemption.KnownBy("Linux version 5.10.0 #1 SMP Debian", () => throw new InvalidOperationException("asked")));
}
