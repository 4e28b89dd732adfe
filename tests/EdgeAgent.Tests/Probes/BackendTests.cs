using System.Runtime.InteropServices;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class BackendTests
{
    [Fact]
    public void Every_signal_has_backends_and_every_name_is_given_once()
    {
        Assert.Equal(Enum.GetValues<Signal>(), Backend.All.Select(backend => backend.Signal).Distinct());
        Assert.Equal(Backend.All.Count, Backend.All.Select(backend => backend.FullName).Distinct().Count());
        Assert.Equal("file-open.fexit", Backend.All[0].FullName);
    }

    [RootFact]
    public void Table_names_the_programs_of_the_object_and_forgets_none()
    {
        using var probes = BpfObject.Open(BpfArtifact.Read()!, []);

        Assert.Equal(
            probes.Programs().Where(program => !BpfObject.IsIterator(program.Section)).Select(program => program.Name).Order(),
            Backend.AllWith(preemption: true).SelectMany(backend => backend.Programs).Distinct().Order());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void Copies_are_for_kernels_that_preempt_tasks_in_the_kernel(bool preemption, int programs) =>
        Assert.Equal(programs, Backend.AllWith(preemption).Single(backend => backend.FullName == "file-open.fexit").Programs.Count);

    [Theory]
    [InlineData("5.10.262", Architecture.X64, "edge-claims.bpf.o")]
    [InlineData("5.12.0", Architecture.X64, "edge.bpf.o")]
    [InlineData("5.15.0", Architecture.Arm64, "edge-claims.bpf.o")]
    [InlineData("5.18.0", Architecture.Arm64, "edge.bpf.o")]
    [InlineData("6.1.0", Architecture.X64, "edge.bpf.o")]
    public void Kernels_without_the_atomic_instruction_get_the_object_without_it(string kernel, Architecture architecture, string name) =>
        Assert.Equal(name, BpfArtifact.NameFor(Version.Parse(kernel), architecture));

    [Fact]
    public void Both_objects_are_part_of_the_agent()
    {
        Assert.NotNull(BpfArtifact.Resource("edge.bpf.o"));
        Assert.NotNull(BpfArtifact.Resource("edge-claims.bpf.o"));
        Assert.Null(BpfArtifact.Resource("no-such-part"));
    }
}
