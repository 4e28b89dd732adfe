namespace Kernel.Tests;

/// <summary>Each system call that is told, done or denied, is told once, in whatever form it was made.</summary>
public sealed class EveryCallTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    [KernelFact]
    public async Task Every_native_call_is_reported_once() => await EachOnceAsync("every_call");

    [KernelTheory(X64Only = true)]
    [Trait("Evasion", "14")]
    [InlineData("every_call32")]
    public async Task Every_32_bit_call_is_reported_once(string trigger) => await EachOnceAsync(trigger);

    [KernelFact]
    public async Task Call_that_seccomp_answers_is_reported_as_denied()
    {
        var e = await running.CallAsync(await Trigger.RunAsync("filtered"), "unshare");

        Assert.Equal("EPERM", e.Text("Error"));
    }

    private async Task EachOnceAsync(string trigger)
    {
        var truth = await Trigger.RunAsync(trigger, running.NewWatched(), running.NewName());

        await running.SettleAsync();

        // A refused open is told as an open.
        Assert.Equal(truth.Number("told"), running.Agent.Events.All.Count(e => e.ProcessId == truth.Pid && (e.Kind == "call" || (e.Kind == "file_open" && e.Text("Error").Length > 0))));
    }
}
