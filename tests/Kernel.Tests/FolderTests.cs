namespace Kernel.Tests;

/// <summary>Watched folders, and what leads into and out of them.</summary>
public sealed class FolderTests(AgentWithFolder running) : IClassFixture<AgentWithFolder>
{
    [KernelFact]
    public async Task File_in_a_folder_made_a_moment_ago_below_a_watched_one_is_reported()
    {
        var ran = await Command.MustRunAsync("sh", "-c", $"mkdir -p {running.Folder}/a/b/c && echo evil > {running.Folder}/a/b/c/x");

        var open = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.ProcessId == ran.Pid && e.Text("TargetFilename").EndsWith("/x", StringComparison.Ordinal), "open of x");
        Assert.Equal($"{running.Folder}/a/b/c/x", open.Text("TargetFilename"));
        Assert.True(open.Flag("Sensitive"));
        Assert.False(open.Flag("InodeAlias"));
    }

    [KernelFact]
    public async Task Hard_link_made_before_the_start_to_a_file_in_a_watched_folder_is_reported() =>
        await AssertAliasAsync(await Trigger.RunAsync("open_plain", running.OtherName));

    [KernelFact]
    public async Task Hard_link_to_a_file_that_was_opened_in_a_watched_folder_is_reported_at_once()
    {
        var file = $"{running.Folder}/single";
        var first = await Trigger.RunAsync("open_plain", file);
        var again = await Trigger.RunAsync("open_plain", file);
        var link = await Trigger.RunAsync("open_hardlink", file, running.Scratch.Under("link-of-single"));

        foreach (var truth in new[] { first, again })
        {
            Assert.False((await running.Agent.WaitForEventAsync("file_open", truth.Pid)).Flag("InodeAlias"));
        }

        await AssertAliasAsync(link);
    }

    [KernelFact]
    public async Task Link_of_a_user_does_not_make_a_file_of_root_sensitive()
    {
        var direct = await Trigger.RunAsync("open_plain", running.LinkTarget);
        var through = await Trigger.RunAsync("open_plain", running.UserLink);

        await running.SettleAsync();

        Assert.DoesNotContain(
            running.Agent.Events.All, e => e.Kind == "file_open" && (e.ProcessId == direct.Pid || e.ProcessId == through.Pid));
    }

    private async Task AssertAliasAsync(Truth truth)
    {
        var open = await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        truth.AssertFile(open);
        Assert.True(open.Flag("InodeAlias"));
    }
}
