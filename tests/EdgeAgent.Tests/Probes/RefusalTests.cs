using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class RefusalTests
{
    private static readonly Refusal Plain = new("bpf_object__load", 1, HasLog: false, "none", HasTracefs: true, new Version(6, 1));

    [Fact]
    public void Not_permitted_is_told_apart_by_what_the_host_has()
    {
        Assert.Equal("bpf_object__load: errno 1, not permitted, though CAP_BPF and CAP_PERFMON are there: this kernel does not allow this kind of hook", Plain.Explain());
        Assert.Contains("RLIMIT_MEMLOCK is too low", (Plain with { Kernel = new Version(5, 10) }).Explain(), StringComparison.Ordinal);
        Assert.EndsWith("lockdown=confidentiality forbids it", (Plain with { Lockdown = "confidentiality" }).Explain(), StringComparison.Ordinal);
        Assert.EndsWith("the kernel's verifier refuses it", (Plain with { Errno = 13, HasLog = true }).Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_is_the_lockdown_or_the_verifier_or_an_unknown_hook()
    {
        var invalid = Plain with { Errno = 22 };
        Assert.EndsWith("lockdown=confidentiality forbids reading kernel memory", (invalid with { Lockdown = "confidentiality", HasLog = true }).Explain(), StringComparison.Ordinal);
        Assert.EndsWith("the kernel's verifier refuses it", (invalid with { HasLog = true, Lockdown = "integrity" }).Explain(), StringComparison.Ordinal);
        Assert.EndsWith("the kernel does not know this kind of program or hook", invalid.Explain(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true, "the kernel has no such hook")]
    [InlineData(2, false, "tracefs is not mounted (mount -t tracefs tracefs /sys/kernel/tracing)")]
    [InlineData(38, true, "the kernel has no BPF (CONFIG_BPF_SYSCALL)")]
    [InlineData(28, true, "No space left on device")]
    public void What_is_missing_is_named(int errno, bool hasTracefs, string reason) =>
        Assert.EndsWith($"errno {errno}, {reason}", (Plain with { Errno = errno, HasTracefs = hasTracefs }).Explain(), StringComparison.Ordinal);
}
