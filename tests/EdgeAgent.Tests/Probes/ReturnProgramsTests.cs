using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class ReturnProgramsTests
{
    [Theory]
    [InlineData("file-open.fexit", "calls.tp_btf", EdgeReturn.Calls, EdgeReturn.None, EdgeReturn.None)]
    [InlineData("file-open.tp_btf", "calls.tp_btf", EdgeReturn.Opens | EdgeReturn.Calls, EdgeReturn.None, EdgeReturn.None)]
    [InlineData("file-open.tp_btf", "calls.raw_tp", EdgeReturn.Opens, EdgeReturn.Calls, EdgeReturn.None)]
    [InlineData("file-open.raw_tp", "calls.raw_tp", EdgeReturn.None, EdgeReturn.Opens | EdgeReturn.Calls, EdgeReturn.None)]
    [InlineData("file-open.tracepoint", "process.tp_btf", EdgeReturn.None, EdgeReturn.None, EdgeReturn.Opens)]
    internal void Programs_show_what_their_backends_are_wanted_for(string one, string other, EdgeReturn typed, EdgeReturn raw, EdgeReturn trace)
    {
        var returns = EdgeReturns.Of([.. Backend.All.Where(backend => backend.FullName == one || backend.FullName == other)]);

        Assert.Equal((typed, raw, trace), (returns.OnReturn, returns.OnReturnRaw, returns.OnReturnTrace));
    }

    [Theory]
    [InlineData("calls.fexit", 0b1_1111_1100u)]
    [InlineData("calls.fexit-no-owner", 0b1111_1100u)]
    [InlineData("calls.fentry", 0b1_1111_1100u)]
    [InlineData("calls.fentry-no-owner", 0b1111_1100u)]
    [InlineData("calls.lsm", 0b1_1111_1100u)]
    [InlineData("calls.tp_btf", 0u)]
    public void Calls_are_noted_of_which_a_program_tells(string backend, uint bits) =>
        Assert.Equal(bits, EdgeReturns.Of([Backend.OfAnyKernel.Single(one => one.FullName == backend)]).Noted);

    [Fact]
    public void Programs_at_functions_of_calls_show_calls_only()
    {
        var returns = EdgeReturns.Of([.. Backend.OfAnyKernel.Where(backend => backend.FullName is "file-open.fexit" or "calls.fexit")]);

        Assert.Equal((EdgeReturn.None, EdgeReturn.Calls), (returns.OnReturn, returns.OnCallReturn));
    }

    [Fact]
    public void Mirror_is_as_the_header_says()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "bpf", "include", "edge_return.h"));
        Assert.Contains($"#define EDGE_RETURNS \"{EdgeReturns.Map}\"", header, StringComparison.Ordinal);
        Assert.Contains("EDGE_RETURN_OPENS = 1 << 0,\n\tEDGE_RETURN_CALLS = 1 << 1,", header, StringComparison.Ordinal);
        Assert.Contains("__u32 on_return;\n\t__u32 on_return_raw;\n\t__u32 on_return_trace;\n\t__u32 on_call_return;", header, StringComparison.Ordinal);
        Assert.Contains("\t__u32 noted;\n};", header, StringComparison.Ordinal);
    }
}
