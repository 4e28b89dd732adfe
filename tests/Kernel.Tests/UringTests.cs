namespace Kernel.Tests;

/// <summary>An open through io_uring, which no system call shows, is reported with the true file.</summary>
public sealed class UringTests(AgentWithFiles running) : IClassFixture<AgentWithFiles>
{
    [KernelTheory(IoUring = true)]
    [Trait("Evasion", "1")]
    [InlineData("uring_open")]
    [InlineData("uring_openat2")]
    [InlineData("uring_async")]
    [InlineData("uring_polled")]
    [InlineData("uring_direct")]
    [InlineData("uring_direct_any")]
    [InlineData("uring_linked")]
    public async Task Open_through_io_uring_is_reported_with_the_true_file_and_marked(string way)
    {
        var truth = await Trigger.RunAsync(way, running.Watched("uring"));

        var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        truth.AssertFile(open);
        truth.AssertActor(open);
        Assert.Equal("io_uring", open.Text("OriginAbi"));
        Assert.False(open.Flag("InodeAlias"));
    }

    [KernelFact(IoUring = true)]
    public async Task Through_a_hard_link_it_is_an_alias_of_the_watched_file()
    {
        var link = running.Scratch.Under("a-hard-link-for-uring");
        await Command.MustRunAsync("ln", running.Watched("uring"), link);

        var truth = await Trigger.RunAsync("uring_direct", link);

        var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        truth.AssertFile(open);
        Assert.True(open.Flag("InodeAlias"));
        File.Delete(link);
    }

    [KernelFact(IoUring = true)]
    public async Task A_file_that_is_not_watched_is_not_reported()
    {
        var other = await Trigger.RunAsync("uring_direct", running.Scratch.Write("not-watched-by-anybody"));
        var watched = await Trigger.RunAsync("uring_open", running.Watched("uring"));

        await running.Agent.WaitForEventAsync("file_open", watched.Pid);
        await running.SettleAsync();

        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "file_open" && e.ProcessId == other.Pid);
    }
}
