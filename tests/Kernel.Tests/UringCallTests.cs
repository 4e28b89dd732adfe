namespace Kernel.Tests;

/// <summary>Changes of names and files, raw sockets and refused opens through io_uring are reported as those by system calls are.</summary>
public sealed class UringCallTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    [KernelTheory(IoUring = true)]
    [Trait("Evasion", "1b")]
    [InlineData("uring_rename")]
    [InlineData("uring_rename_silent")]
    public async Task Rename_of_a_watched_name_is_reported_with_both_names(string way)
    {
        var (watched, other) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync(way, "rename", watched, other), other, watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Rename_over_a_watched_name_is_reported()
    {
        var (watched, other) = (running.NewWatched(), running.NewOther());

        AssertNames(await DoneAsync("uring_rename", "rename", other, watched), watched, other);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Names_that_are_relative_are_told_in_full()
    {
        var (watched, other) = (running.NewWatched(), running.NewName());
        var (from, to) = (Path.GetFileName(watched), $"../other/{Path.GetFileName(other)}");

        AssertNames(await DoneAsync("uring_rename_relative", "rename", from, to, Path.GetDirectoryName(watched)!), other, watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Hard_link_of_a_watched_file_is_reported()
    {
        var (watched, name) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync("uring_link", "link", watched, name), name, watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Symbolic_link_to_a_watched_file_is_reported_with_its_text()
    {
        var (watched, name) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync("uring_symlink", "symlink", watched, name), name, watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Removal_of_a_watched_name_is_reported()
    {
        var watched = running.NewWatched();

        AssertNames(await DoneAsync("uring_unlink", "unlink", watched), watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Denied_removal_is_reported_with_the_error()
    {
        var watched = running.NewWatched();
        var truth = await Trigger.RunAsync("as_nobody", "uring_unlink", watched);

        var e = await running.CallAsync(truth, "unlink");

        Assert.Equal("EACCES", e.Text("Error"));
        Assert.Equal(65534, e.Number("Uid"));
        AssertNames(e, watched);
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Truncated_file_is_reported_with_its_identity_and_lane()
    {
        var watched = running.NewWatched();
        var truth = await Trigger.RunAsync("uring_ftruncate", watched);

        var e = await running.CallAsync(truth, "truncate");

        AssertNames(e, watched);
        Assert.Equal(truth.Inode, e.Number("Inode"));
        Assert.Equal("high", e.Lane);
        Assert.Equal("io_uring", e.Text("OriginAbi"));
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "27")]
    public async Task Raw_socket_is_reported()
    {
        var e = await running.CallAsync(await Trigger.RunAsync("uring_raw_socket"), "socket");

        Assert.Equal("io_uring", e.Text("OriginAbi"));
        Assert.Equal("", e.Text("Error"));
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task Refused_open_is_reported_without_its_name()
    {
        var truth = await Trigger.RunAsync("as_nobody", "uring_open_refused", running.NewWatched());

        var e = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.ProcessId == truth.Pid && e.Text("OriginAbi") == "io_uring", "refused open");

        Assert.Equal("EACCES", e.Text("Error"));
        Assert.Equal("", e.Text("TargetFilename"));
        Assert.True(e.Flag("Unverified"));
    }

    [KernelFact(IoUring = true)]
    public async Task Changes_of_what_is_not_watched_and_those_that_fail_are_not_reported()
    {
        var missing = running.NewWatched();
        File.Delete(missing);
        var pids = new List<int>
        {
            (await Trigger.RunAsync("uring_rename", running.NewOther(), running.NewName())).Pid,
            (await Trigger.RunAsync("uring_link", running.NewOther(), running.NewName())).Pid,
            (await Trigger.RunAsync("uring_unlink", missing)).Pid,
        };

        await running.SettleAsync();

        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "call" && pids.Contains(e.ProcessId));
    }

    [KernelFact(IoUring = true)]
    [Trait("Evasion", "1b")]
    public async Task More_of_them_at_once_than_the_probe_has_room_for_are_all_reported()
    {
        const int Count = 200;
        var (watched, name) = (running.NewWatched(), running.NewName());

        var truth = await Trigger.RunAsync("uring_links", watched, name, $"{Count}");

        for (var i = 0; i < Count; i++)
        {
            await running.Agent.WaitForEventAsync(
                e => e.Kind == "call" && e.ProcessId == truth.Pid && e.Text("TargetFilename") == $"{name}-{i}", $"link {i} by {truth.Pid}");
        }

        Assert.Equal(Count, running.Agent.Events.All.Count(e => e.Kind == "call" && e.ProcessId == truth.Pid));
    }

    private async Task<AgentEvent> DoneAsync(string way, string call, params string[] names)
    {
        var truth = await Trigger.RunAsync([way, .. names]);
        var e = await running.CallAsync(truth, call);
        truth.AssertActor(e);
        Assert.True(e.Flag("Sensitive"));
        Assert.True(truth.Number("result") >= 0, truth.ToString());
        Assert.Equal("", e.Text("Error"));
        Assert.Equal("io_uring", e.Text("OriginAbi"));
        return e;
    }

    private static void AssertNames(AgentEvent e, string target, string source = "")
    {
        Assert.Equal(target, e.Text("TargetFilename"));
        Assert.Equal(source, e.Text("SourceFilename"));
    }
}
