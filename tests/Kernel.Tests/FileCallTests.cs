namespace Kernel.Tests;

/// <summary>What changes watched names and files without opening them is reported, with both names.</summary>
public sealed class FileCallTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    [KernelFact]
    public async Task Rename_of_a_watched_name_is_reported_with_the_new_and_the_old_name()
    {
        var (watched, other) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync("rename", "rename", watched, other), other, watched);
    }

    [KernelFact]
    public async Task Rename_over_a_watched_name_is_reported()
    {
        var (watched, other) = (running.NewWatched(), running.NewOther());

        AssertNames(await DoneAsync("rename", "rename", other, watched), watched, other);
    }

    [KernelFact]
    public async Task Rename_into_a_watched_folder_is_reported()
    {
        var (other, name) = (running.NewOther(), $"{running.Folder}/moved-here");

        AssertNames(await DoneAsync("rename", "rename", other, name), name, other);
    }

    [KernelFact]
    public async Task Exchange_by_names_in_open_folders_is_reported()
    {
        var (watched, other) = (running.NewWatched(), running.NewOther());

        AssertNames(await DoneAsync("rename_exchange", "rename", watched, other), other, watched);
    }

    [KernelFact]
    public async Task Change_of_a_name_in_a_watched_folder_is_reported()
    {
        running.Scratch.Write("folder/to-go");

        AssertNames(await DoneAsync("unlink_at", "unlink", $"{running.Folder}/to-go"), $"{running.Folder}/to-go");
    }

    [KernelTheory]
    [InlineData("link")]
    [InlineData("link_at")]
    public async Task Hard_link_of_a_watched_file_is_reported(string way)
    {
        var (watched, name) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync(way, "link", watched, name), name, watched);
    }

    [KernelTheory]
    [InlineData("link_nameless")]
    [InlineData("link_descriptor")]
    public async Task Nameless_file_that_is_linked_to_a_watched_name_is_reported(string way)
    {
        var watched = running.NewWatched();
        File.Delete(watched);

        var link = await DoneAsync(way, "link", watched);

        Assert.Equal(watched, link.Text("TargetFilename"));

        // A descriptor's name says nothing any more when its process is gone.
        Assert.Matches(way == "link_nameless" ? $"^{running.Scratch.Path}/watched/#[0-9]+$" : "^/", link.Text("SourceFilename"));
    }

    [KernelFact]
    public async Task Symbolic_link_to_a_watched_file_is_reported_with_its_text()
    {
        var (watched, name) = (running.NewWatched(), running.NewName());

        AssertNames(await DoneAsync("symlink", "symlink", watched, name), name, watched);
    }

    [KernelTheory]
    [InlineData("../watched/{0}")]
    [InlineData(".././watched//{0}")]
    public async Task Symbolic_link_whose_text_is_relative_is_followed_from_where_it_is(string text)
    {
        var (watched, name) = (running.NewWatched(), running.NewName());
        var asked = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Path.GetFileName(watched));

        AssertNames(await DoneAsync("symlink", "symlink", asked, name), name, asked);
    }

    [KernelTheory]
    [InlineData("{0}/.")]
    [InlineData("{0}//./")]
    [InlineData("{0}/../folder")]
    [InlineData("{0}/below/..")]
    public async Task Symbolic_link_to_a_watched_folder_is_reported_however_it_is_written(string text)
    {
        Directory.CreateDirectory($"{running.Folder}/below");
        var name = running.NewName();
        var asked = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, running.Folder);

        AssertNames(await DoneAsync("symlink", "symlink", asked, name), name, asked);
    }

    [KernelFact]
    public async Task Symbolic_link_that_takes_a_watched_name_is_reported()
    {
        var watched = running.NewWatched();
        File.Delete(watched);

        AssertNames(await DoneAsync("symlink", "symlink", "/nowhere", watched), watched, "/nowhere");
    }

    [KernelTheory]
    [InlineData("unlink", "unlink")]
    [InlineData("unlink_at", "unlink")]
    [InlineData("truncate", "truncate")]
    [InlineData("chown", "chown")]
    public async Task Change_of_a_watched_file_by_name_is_reported(string way, string call)
    {
        var watched = running.NewWatched();

        var e = await DoneAsync(way, call, watched);

        AssertNames(e, watched);
        Assert.Equal(!await ChangeCheck.IsAskedAsync(running.Agent), e.Flag("Unverified"));
        if (call == "chown")
        {
            Assert.Equal(65534, e.Number("NewUid"));
        }
    }

    [KernelTheory]
    [InlineData("chmod", 0x9E9, true)]
    [InlineData("fchmodat", 0x1A0, false)]
    [InlineData("fchmodat2", 0x180, false)]
    public async Task Change_of_mode_by_name_tells_the_mode(string way, int mode, bool setsId)
    {
        var watched = running.NewWatched();

        var e = await DoneAsync(way, "chmod", watched);

        AssertNames(e, watched);
        Assert.Equal(mode, e.Number("Mode"));
        Assert.Equal(setsId, e.Flag("SetsId"));
    }

    [KernelTheory]
    [InlineData("ftruncate", "truncate")]
    [InlineData("fchmod", "chmod")]
    [InlineData("fchown", "chown")]
    public async Task Change_of_an_open_file_is_reported_with_its_identity_and_lane(string way, string call)
    {
        var watched = running.NewWatched();
        var truth = await Trigger.RunAsync(way, watched);

        var e = await running.CallAsync(truth, call);

        AssertDone(truth, e);
        Assert.Equal(watched, e.Text("TargetFilename"));
        Assert.Equal(truth.Inode, e.Number("Inode"));
        Assert.Equal("high", e.Lane);
        Assert.False(e.Flag("Unverified"));
    }

    [KernelFact]
    public async Task Change_of_an_open_file_by_another_name_is_marked()
    {
        var (watched, name) = (running.NewWatched(), running.NewName());
        await Command.MustRunAsync("ln", watched, name);

        var e = await running.CallAsync(await Trigger.RunAsync("fchmod", name), "chmod");

        Assert.Equal(name, e.Text("TargetFilename"));
        Assert.True(e.Flag("InodeAlias"));
        Assert.Equal(2, e.Number("LinkCount"));
    }

    [KernelFact("unshare")]
    public async Task Mount_over_a_watched_file_in_a_namespace_of_its_own_is_reported()
    {
        var (watched, other) = (running.NewWatched(), running.NewOther());

        AssertNames(await MountedAsync("mount_over", other, watched), watched, other);
    }

    [KernelFact]
    public async Task Mount_by_the_newer_calls_is_reported()
    {
        var (watched, other) = (running.NewWatched(), running.NewOther());

        Assert.Equal(watched, (await MountedAsync("mount_move", other, watched)).Text("TargetFilename"));
    }

    [KernelFact]
    public async Task Denied_change_is_reported_with_the_error()
    {
        var watched = running.NewWatched();
        var truth = await Trigger.RunAsync("as_nobody", "chmod", watched);

        var e = await running.CallAsync(truth, "chmod");

        Assert.Equal("EPERM", e.Text("Error"));
        Assert.Equal(-1, truth.Number("result"));
        Assert.Equal(65534, e.Number("Uid"));
        AssertNames(e, watched);
    }

    [KernelFact]
    public async Task Changes_of_what_is_not_watched_are_not_reported()
    {
        var pids = new List<int>
        {
            (await Trigger.RunAsync("rename", running.NewOther(), running.NewName())).Pid,
            (await Trigger.RunAsync("link", running.NewOther(), running.NewName())).Pid,
            (await Trigger.RunAsync("chmod", running.NewOther())).Pid,
            (await Trigger.RunAsync("fchmod", running.NewOther())).Pid,
            (await Trigger.RunAsync("unlink", running.Scratch.Write($"other/{Path.GetFileName(running.NewWatched())}"))).Pid,
        };

        await running.SettleAsync();

        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "call" && pids.Contains(e.ProcessId));
    }

    [KernelFact]
    public async Task Hard_link_of_a_file_that_took_a_watched_name_a_moment_ago_is_seen_when_it_is_opened()
    {
        var (watched, other, alias) = (running.NewWatched(), running.NewOther(), running.NewName());
        await Command.MustRunAsync("ln", other, alias);
        await Trigger.RunAsync("rename", other, watched);

        for (var i = 0; ; i++)
        {
            // The lists are compared with the file system once an hour here: only the rename can be what made them follow.
            var open = await Trigger.RunAsync("open_plain", alias);
            try
            {
                Assert.True((await running.Agent.Events.WaitForAsync(
                    e => e.Kind == "file_open" && e.ProcessId == open.Pid, "open", TimeSpan.FromMilliseconds(300))).Flag("InodeAlias"));
                return;
            }
            catch (TimeoutException) when (i < 100)
            {
                // Not compared yet.
            }
        }
    }

    private async Task<AgentEvent> DoneAsync(string way, string call, params string[] names)
    {
        var truth = await Trigger.RunAsync([way, .. names]);
        var e = await running.CallAsync(truth, call);
        AssertDone(truth, e);
        return e;
    }

    /// <summary>Not the mount that makes the namespace a private one.</summary>
    private async Task<AgentEvent> MountedAsync(string way, string from, string to)
    {
        var truth = await Trigger.RunAsync(way, from, to);
        var mount = await running.Agent.WaitForEventAsync(
            e => e.Kind == "call" && e.ProcessId == truth.Pid && e.Text("Call") == "mount" && e.Text("TargetFilename") != "/", $"mount by {truth.Pid}");
        AssertDone(truth, mount);
        return mount;
    }

    private static void AssertDone(Truth truth, AgentEvent e)
    {
        truth.AssertActor(e);
        Assert.True(e.Flag("Sensitive"));
        Assert.True(truth.Number("result") >= 0, truth.ToString());
        Assert.Equal("", e.Text("Error"));
        Assert.Equal("native", e.Text("OriginAbi"));
    }

    private static void AssertNames(AgentEvent e, string target, string source = "")
    {
        Assert.Equal(target, e.Text("TargetFilename"));
        Assert.Equal(source, e.Text("SourceFilename"));
    }
}
