using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class KernelHandlesTests
{
    private static readonly KernelHandles Some = new(
        ["process.tp_btf", "file-open.fexit"],
        new Dictionary<string, MapHandle> { ["ring_high"] = new(12, 1 << 20), ["lane_state"] = new(13, 2) },
        [new ProgramHandle("on_exec", "tp_btf/sched_process_exec", 20)], [30, 31], 123_456_789_012);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = KernelHandles.Read(Some.Write());

        Assert.Equal(Some.Maps.OrderBy(map => map.Key), read.Maps.OrderBy(map => map.Key));
        Assert.Equal(Some.Backends, read.Backends);
        Assert.Equal(Some.Programs, read.Programs);
        Assert.Equal(Some.Links, read.Links);
        Assert.Equal(Some.LastNumber, read.LastNumber);
        Assert.Equal([12, 13, 20, 30, 31], read.Descriptors.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("number,x")]
    [InlineData("map,a,1,2;map,a,1,2")]
    [InlineData("map,a,-1,2")]
    [InlineData("link,99999999999")]
    [InlineData("number,1;shell,/bin/sh")]
    public void What_somebody_else_wrote_is_refused(string text) =>
        Assert.StartsWith("what was handed over is not of this agent", Assert.Throws<ProbeException>(() => KernelHandles.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Descriptor_that_is_not_open_is_named() =>
        Assert.Equal(
            "a descriptor of the probes is not open: 1048570",
            Assert.Throws<ProbeException>(() => (Some with { Maps = new Dictionary<string, MapHandle> { ["a"] = new(1_048_570, 1) } }).SetInherited(false)).Message);
}
