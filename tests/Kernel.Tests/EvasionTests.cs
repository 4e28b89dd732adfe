namespace Kernel.Tests;

/// <summary>Whatever name or call an open uses, the true file is reported; each event is compared with what the descriptor really held.</summary>
public sealed class EvasionTests(AgentWithFiles running) : IClassFixture<AgentWithFiles>
{
    [KernelTheory]
    [Trait("Evasion", "9")]
    [Trait("Evasion", "10")]
    [InlineData("open_plain", "plain")]
    [InlineData("open_relative", "relative")]
    [InlineData("open_openat2", "openat2")]
    [InlineData("open_creat", "creat")]
    [InlineData("open_by_handle", "handle")]
    [InlineData("open_opath", "opath")]
    public async Task Open_by_another_call_or_name_is_reported_with_the_true_file(string call, string name)
    {
        var truth = await Trigger.RunAsync(call, running.Watched(name));

        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        truth.AssertActor(open);
        Assert.Equal(running.Watched(name), open.Text("TargetFilename"));
        Assert.Equal("native", open.Text("OriginAbi"));
        Assert.False(open.Flag("InodeAlias"));
        Assert.False(open.Flag("Deleted"));
        await AssertLineAsync(truth.Pid, running.Watched(name));
    }

    [KernelFact]
    [Trait("Evasion", "4")]
    public async Task Symlink_is_reported_as_the_file_it_leads_to()
    {
        var link = running.Scratch.Under("a-symlink");

        var truth = await Trigger.RunAsync("open_symlink", running.Watched("symlink"), link);

        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        truth.AssertActor(open);
        Assert.Equal(running.Watched("symlink"), open.Text("TargetFilename"));
        Assert.Equal(link, open.Text("AskedPath"));
        Assert.False(open.Flag("InodeAlias"));
    }

    [KernelFact]
    [Trait("Evasion", "6")]
    public async Task Hard_link_is_reported_under_its_own_name_as_an_alias_of_the_watched_inode()
    {
        var link = running.Scratch.Under("a-hardlink");

        var truth = await Trigger.RunAsync("open_hardlink", running.Watched("hardlink"), link);

        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        truth.AssertActor(open);
        Assert.Equal(link, open.Text("TargetFilename"));
        Assert.True(open.Flag("InodeAlias"));
        Assert.Equal(2, open.Number("LinkCount"));
        await AssertLineAsync(truth.Pid, link);
    }

    [KernelFact(X64Only = true)]
    [Trait("Evasion", "14")]
    public async Task Call_of_the_32_bit_interface_is_reported_and_marked()
    {
        var truth = await Trigger.RunAsync("open_int80", running.Watched("int80"));

        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        truth.AssertActor(open);
        Assert.Equal("compat32", open.Text("OriginAbi"));
    }

    [KernelFact]
    public async Task File_renamed_over_a_watched_one_is_watched_at_once_and_so_are_its_hard_links()
    {
        var watched = running.Watched("renamed");
        var before = await Trigger.RunAsync("open_plain", watched);
        File.Move(running.Scratch.Write("replacement"), watched, overwrite: true);

        var truth = await Trigger.RunAsync("open_plain", watched);
        var aliasTruth = await Trigger.RunAsync("open_hardlink", watched, running.Scratch.Under("link-of-new"));

        Assert.NotEqual(before.Inode, truth.Inode);
        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        Assert.Equal(watched, open.Text("TargetFilename"));
        Assert.False(open.Flag("InodeAlias"));
        var alias = await OpenByAsync(aliasTruth);
        aliasTruth.AssertFile(alias);
        Assert.Equal(truth.Inode, alias.Number("Inode"));
        Assert.True(alias.Flag("InodeAlias"));
    }

    [KernelFact]
    public async Task File_moved_away_from_its_watched_name_stays_watched()
    {
        var moved = running.Scratch.Under("moved-away");
        File.Move(running.Watched("moved"), moved);
        await RescanAsync();

        await AssertAliasAsync(await Trigger.RunAsync("open_plain", moved));
    }

    [KernelFact]
    public async Task Hard_link_of_a_file_that_was_replaced_stays_watched()
    {
        var watched = running.Watched("replaced");
        var link = running.Scratch.Under("link-of-old");
        await Command.MustRunAsync("ln", watched, link);
        File.Move(running.Scratch.Write("replacement-of-old"), watched, overwrite: true);
        await RescanAsync();

        await AssertAliasAsync(await Trigger.RunAsync("open_plain", link));
    }

    [KernelFact]
    public async Task Watched_file_that_did_not_exist_at_the_start_is_reported_when_it_is_created()
    {
        var truth = await Trigger.RunAsync("open_creat", running.Watched("absent"));

        truth.AssertFile(await OpenByAsync(truth), created: true);
    }

    [KernelFact]
    public async Task Deleted_file_opened_through_its_descriptor_is_reported_as_deleted()
    {
        var truth = await Trigger.RunAsync("open_deleted", running.Watched("deleted"));

        var open = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.ProcessId == truth.Pid && e.Flag("Deleted"), $"open of a deleted file by {truth.Pid}");
        truth.AssertActor(open);
        Assert.Equal(running.Watched("deleted"), open.Text("TargetFilename"));
        Assert.Equal($"{running.Watched("deleted")} (deleted)", truth.Path);
        Assert.StartsWith("/proc/self/fd/", open.Text("AskedPath"), StringComparison.Ordinal);
        Assert.Equal(truth.Inode, open.Number("Inode"));
        Assert.Equal(0, open.Number("LinkCount"));
    }

    /// <summary>The agent compares its lists with the file system each second here; there is nothing that tells when it did.</summary>
    private static Task RescanAsync() => Task.Delay(TimeSpan.FromSeconds(3));

    private async Task AssertAliasAsync(Truth truth)
    {
        var open = await OpenByAsync(truth);
        truth.AssertFile(open);
        Assert.True(open.Flag("InodeAlias"));
    }

    private Task<AgentEvent> OpenByAsync(Truth truth) => running.Agent.WaitForEventAsync("file_open", truth.Pid);

    private async Task AssertLineAsync(int pid, string path) => Assert.Equal(
        $"🚨 SENSITIVE: PID={pid} UID=0 USER=root COMM=trigger OP=open FILE={path}",
        await running.Agent.WaitForLineAsync($"PID={pid} ", "OP=open"));
}
