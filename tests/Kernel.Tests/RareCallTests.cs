namespace Kernel.Tests;

/// <summary>Calls that take rights, code or other processes are reported, done or denied.</summary>
public sealed class RareCallTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    [KernelTheory]
    [Trait("Evasion", "23")]
    [InlineData("ptrace", "16")]
    [InlineData("ptrace", "16902")]
    [InlineData("process_vm_writev")]
    public async Task Taking_over_another_process_names_it(params string[] trigger)
    {
        var truth = await Trigger.RunAsync(trigger);

        var e = await DoneAsync(truth, trigger[0]);
        Assert.Equal(truth.Number("target"), e.Number("TargetProcessId"));
    }

    [KernelFact]
    public async Task Memory_file_is_reported_with_its_name()
    {
        var e = await DoneAsync(await Trigger.RunAsync("memfd_create", "hidden-name"), "memfd_create");

        Assert.Equal("hidden-name", e.Text("TargetFilename"));
    }

    [KernelTheory]
    [InlineData("setuid")]
    [InlineData("setreuid")]
    [InlineData("setresuid")]
    public async Task Change_of_user_tells_the_new_one(string call) =>
        Assert.Equal(65534, (await DoneAsync(await Trigger.RunAsync(call, "65534"), call)).Number("NewUid"));

    [KernelTheory]
    [InlineData("setuid")]
    [InlineData("setresuid")]
    public async Task Denied_change_of_user_is_reported(string call) => await DeniedAsync(call, "as_nobody", call, "0");

    [KernelTheory]
    [InlineData("0x00020000")]
    [InlineData("0x10000000")]
    [InlineData("0x40000000")]
    public async Task New_namespace_is_reported(string flags) => await DoneAsync(await Trigger.RunAsync("unshare", flags), "unshare");

    [KernelFact]
    public async Task Entering_a_namespace_is_reported() => await DoneAsync(await Trigger.RunAsync("setns"), "setns");

    [KernelTheory]
    [Trait("Evasion", "27")]
    [InlineData("raw_socket")]
    [InlineData("raw_raw6")]
    [InlineData("raw_packet")]
    [InlineData("raw_oldest")]
    public async Task Raw_socket_is_reported(string way) =>
        Assert.Equal("native", (await DoneAsync(await Trigger.RunAsync(way), "socket")).Text("OriginAbi"));

    [KernelFact("unshare")]
    [Trait("Evasion", "27")]
    public async Task Socket_of_ping_which_takes_no_right_is_reported()
    {
        var truth = await Trigger.RunInAsync(
            ["unshare", "--net", "sh", "-c", "echo 0 65535 > /proc/sys/net/ipv4/ping_group_range && exec \"$0\" \"$@\""], "ping_socket");

        Assert.Equal("ping", (await DoneAsync(truth, "socket")).Text("SocketKind"));
    }

    [KernelTheory(X64Only = true)]
    [Trait("Evasion", "14")]
    [Trait("Evasion", "27")]
    [InlineData("raw_int80")]
    [InlineData("raw_socketcall")]
    public async Task Raw_socket_by_the_32_bit_calls_is_reported_and_marked(string way) =>
        Assert.Equal("compat32", (await DoneAsync(await Trigger.RunAsync(way), "socket")).Text("OriginAbi"));

    [KernelFact]
    public async Task Denied_raw_socket_is_reported() => await DeniedAsync("socket", "as_nobody", "raw_socket");

    [KernelFact]
    [Trait("Evasion", "32")]
    public async Task Program_for_the_kernel_by_another_than_the_agent_is_reported() =>
        await DoneAsync(await Trigger.RunAsync("bpf_load"), "bpf");

    [KernelFact]
    [Trait("Evasion", "32")]
    public async Task Module_that_the_kernel_does_not_take_is_reported_with_the_error()
    {
        var file = running.NewOther();
        var truth = await Trigger.RunAsync("finit_module", file);
        var fromMemory = await Trigger.RunAsync("init_module");

        var e = await running.CallAsync(truth, "init_module");
        Assert.Equal(file, e.Text("TargetFilename"));
        foreach (var (told, loaded) in new[] { (truth, e), (fromMemory, await running.CallAsync(fromMemory, "init_module")) })
        {
            told.AssertActor(loaded);

            // ENOEXEC, or ENOSYS where the kernel was built without modules.
            Assert.Equal(told.Number("result") == -8 ? "ENOEXEC" : "ENOSYS", loaded.Text("Error"));
        }
    }

    [KernelFact]
    public async Task Denied_module_is_reported() => await DeniedAsync("init_module", "as_nobody", "finit_module", running.NewOther());

    [KernelFact]
    public async Task Ordinary_sockets_and_threads_are_not_reported()
    {
        int[] pids = [(await Trigger.RunAsync("plain_socket")).Pid, (await Trigger.RunAsync("unshare", "0x400")).Pid];

        await running.SettleAsync();

        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "call" && pids.Contains(e.ProcessId));
    }

    private async Task<AgentEvent> DoneAsync(Truth truth, string call)
    {
        Assert.True(truth.Number("result") >= 0, truth.ToString());
        var e = await running.CallAsync(truth, call);
        Assert.Equal(truth.Pid, e.ProcessId);
        Assert.Equal("", e.Text("Error"));
        Assert.Equal("system_call", e.Text("category"));
        return e;
    }

    private async Task DeniedAsync(string call, params string[] trigger)
    {
        var truth = await Trigger.RunAsync(trigger);
        var e = await running.Agent.WaitForEventAsync(
            e => e.Kind == "call" && e.ProcessId == truth.Pid && e.Text("Call") == call && e.Text("Error").Length > 0, $"denied {call}");
        truth.AssertActor(e);
        Assert.Equal(truth.Number("result") == -1 ? "EPERM" : "ENOSYS", e.Text("Error"));
    }
}
