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
        Assert.Equal(Backend.OfAnyKernel.Count, Backend.OfAnyKernel.Select(backend => backend.FullName).Distinct().Count());
    }

    [RootFact]
    public void Table_names_the_programs_of_the_object_and_forgets_none()
    {
        using var probes = BpfObject.Open(BpfArtifact.Read()!, []);

        Assert.Equal(
            probes.Programs().Where(program => !BpfObject.IsIterator(program.Section)).Select(program => program.Name).Order(),
            new[] { true, false }.SelectMany(preemption => Backend.AllWith(preemption, isBpfLast: true, leavesNoneOut: true)).SelectMany(backend => backend.Programs).Distinct().Order());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void Copies_are_for_kernels_that_preempt_tasks_in_the_kernel(bool preemption, int programs) =>
        Assert.Equal(programs, FexitPrograms(preemption).Count(program => program.StartsWith("on_file_open_checked", StringComparison.Ordinal)));

    [Fact]
    public void New_folders_are_told_of_on_fentry_only_where_the_kernel_preempts_no_task_in_the_kernel()
    {
        Assert.Contains("on_folder_made", FexitPrograms(preemption: false));
        Assert.DoesNotContain(FexitPrograms(preemption: true), program => program.StartsWith("on_folder_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, "file-open.lsm")]
    [InlineData(true, false, "file-open.fexit")]
    [InlineData(false, true, "file-open.fexit")]
    public void Security_module_is_tried_first_where_the_kernel_preempts_and_nobody_denies_behind_it(bool preemption, bool isBpfLast, string first) =>
        Assert.Equal(first, Backend.AllWith(preemption, isBpfLast, leavesNoneOut: true)[0].FullName);

    [Theory]
    [InlineData(false, false, "calls.fexit")]
    [InlineData(false, true, "calls.fexit")]
    [InlineData(true, true, "calls.lsm")]
    [InlineData(true, false, "calls.tp_btf")]
    public void Changes_are_noted_where_no_program_is_left_out(bool preemption, bool leavesNoneOut, string first) => Assert.Equal(
        first, Backend.AllWith(preemption, isBpfLast: false, leavesNoneOut).First(backend => backend.Signal == Signal.Calls).FullName);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Avoided_backend_is_avoided_on_either_kind_of_kernel(bool preemption)
    {
        var avoided = Backend.OfAnyKernel.Single(backend => backend.FullName == "file-open.fexit");

        Assert.Equal(
            ["file-open.fexit"],
            Backend.AllWith(preemption, isBpfLast: true, leavesNoneOut: true).Where(backend => backend.Needs(avoided)).Select(backend => backend.FullName));
    }

    [Fact]
    public void Backend_that_has_all_programs_of_an_avoided_one_is_avoided_with_it()
    {
        var plain = Backend.OfAnyKernel.Single(backend => backend.FullName == "calls.tp_btf");

        Assert.Equal(
            ["calls.lsm", "calls.fentry", "calls.fentry-no-owner", "calls.tp_btf"],
            Backend.OfAnyKernel.Where(backend => backend.Needs(plain)).Select(backend => backend.FullName));
    }

    [Fact]
    public void Backend_with_fewer_programs_is_avoided_with_the_one_that_it_is_of()
    {
        var avoided = Backend.OfAnyKernel.Single(backend => backend.FullName == "calls.fexit");

        Assert.Equal(["calls.fexit", "calls.fexit-no-owner"], Backend.OfAnyKernel.Where(backend => backend.Needs(avoided)).Select(backend => backend.FullName));
    }

    [Theory]
    [InlineData("lockdown,capability,landlock,yama,apparmor,tomoyo,bpf,ipe,ima,evm", "6.12.118", true)]
    [InlineData("capability,selinux,bpf", "6.2.0", true)]
    [InlineData("bpf", "7.2.13", true)]
    [InlineData("capability,selinux,bpf", "6.1.192", false)]
    [InlineData("capability,bpf,selinux", "6.12.0", false)]
    [InlineData("bpf,landlock", "6.12.0", false)]
    [InlineData("bpf,a-module-of-tomorrow", "8.0.0", false)]
    [InlineData("lockdown,capability,yama", "6.12.0", false)]
    [InlineData("", "6.12.0", false)]
    public void Bpf_speaks_last_when_no_module_behind_it_may_deny(string modules, string kernel, bool speaksLast) =>
        Assert.Equal(speaksLast, BpfModule.SpeaksLast(modules, Version.Parse(kernel)));

    [Theory]
    [InlineData("5.10.262", Architecture.X64, "edge-claims.bpf.o")]
    [InlineData("5.12.0", Architecture.X64, "edge-copies.bpf.o")]
    [InlineData("5.15.0", Architecture.Arm64, "edge-claims.bpf.o")]
    [InlineData("5.18.0", Architecture.Arm64, "edge-copies.bpf.o")]
    [InlineData("6.1.0", Architecture.X64, "edge-copies.bpf.o")]
    [InlineData("6.2.0", Architecture.X64, "edge.bpf.o")]
    [InlineData("6.18.44", Architecture.Arm64, "edge.bpf.o")]
    public void Kernels_get_the_object_without_what_they_lack(string kernel, Architecture architecture, string name) =>
        Assert.Equal(name, BpfArtifact.NameFor(Version.Parse(kernel), architecture));

    private static IReadOnlyList<string> FexitPrograms(bool preemption) =>
        Backend.AllWith(preemption, isBpfLast: true, leavesNoneOut: true).Single(backend => backend.FullName == "file-open.fexit").Programs;

    [Fact]
    public void All_objects_are_part_of_the_agent()
    {
        Assert.NotNull(BpfArtifact.Resource("edge.bpf.o"));
        Assert.NotNull(BpfArtifact.Resource("edge-copies.bpf.o"));
        Assert.NotNull(BpfArtifact.Resource("edge-claims.bpf.o"));
        Assert.Null(BpfArtifact.Resource("no-such-part"));
    }
}
