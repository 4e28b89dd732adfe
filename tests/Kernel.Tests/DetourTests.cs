namespace Kernel.Tests;

/// <summary>Detours of the file system to a watched file: each event is compared with what the descriptor really held.</summary>
public sealed class DetourTests(AgentWithCalls running) : IClassFixture<AgentWithCalls>
{
    private const string BindAndRun = "mount --rbind \"$0\" \"$1\" && shift && exec \"$@\"";

    [KernelTheory]
    [Trait("Evasion", "4")]
    [Trait("Evasion", "5")]
    [InlineData("{folder-link}/../watched/{name}")]
    [InlineData("/proc/self/root{scratch}/watched/{name}")]
    [InlineData("/proc/thread-self/root{scratch}/other/../watched/{name}")]
    public async Task Parents_of_links_and_links_of_proc_are_reported_as_the_file(string asked)
    {
        var watched = running.NewWatched();
        var folderLink = running.NewName();
        Directory.CreateSymbolicLink(folderLink, running.Folder);
        asked = asked.Replace("{folder-link}", folderLink, StringComparison.Ordinal)
            .Replace("{scratch}", running.Scratch.Path, StringComparison.Ordinal).Replace("{name}", Path.GetFileName(watched), StringComparison.Ordinal);

        var open = await OpenedAsync([], asked);

        Assert.Equal(watched, open.Text("TargetFilename"));
        Assert.False(open.Flag("InodeAlias"));
    }

    [KernelFact("unshare")]
    [Trait("Evasion", "7")]
    public async Task Bind_mount_of_a_watched_file_is_reported_under_the_name_of_the_mount()
    {
        var (watched, alias) = (running.NewWatched(), running.NewOther());

        var open = await OpenedAsync(["unshare", "--mount", "sh", "-c", BindAndRun, watched, alias], alias);

        Assert.Equal(alias, open.Text("TargetFilename"));
        Assert.True(open.Flag("InodeAlias"));
        await running.Agent.WaitForEventAsync(
            e => e.Kind == "call" && e.Text("Call") == "mount" && (e.Text("TargetFilename"), e.Text("SourceFilename")) == (alias, watched), "mount");
    }

    [KernelFact("unshare")]
    [Trait("Evasion", "7")]
    public async Task Bind_mount_of_the_folder_of_a_watched_file_does_not_hide_it()
    {
        var watched = running.NewWatched();
        var alias = Directory.CreateDirectory(running.NewName()).FullName;

        var open = await OpenedAsync(["unshare", "--mount", "sh", "-c", BindAndRun, Path.GetDirectoryName(watched)!, alias], $"{alias}/{Path.GetFileName(watched)}");

        Assert.True(open.Flag("InodeAlias"));
    }

    [KernelFact("unshare")]
    [Trait("Evasion", "8")]
    public async Task Namespaces_of_mounts_and_users_hide_nothing() =>
        await OpenedAsync(["unshare", "--mount", "--user", "--map-root-user"], running.NewWatched());

    [KernelFact("unshare", "chroot")]
    [Trait("Evasion", "8")]
    public async Task Other_root_does_not_shorten_the_path()
    {
        var watched = running.NewWatched();
        var jail = Directory.CreateDirectory(running.NewName()).FullName;

        var open = await OpenedAsync(["unshare", "--mount", "sh", "-c", BindAndRun, "/", jail, "chroot", jail], watched);

        Assert.Equal($"{jail}{watched}", open.Text("TargetFilename"));
    }

    [KernelTheory]
    [Trait("Evasion", "11")]
    [Trait("Verdict", "in part: the opener is named, not who got the descriptor")]
    [InlineData("descriptor_inherited")]
    [InlineData("descriptor_got")]
    public async Task Descriptor_that_another_process_gets_is_reported_once_and_by_who_opened_it(string way)
    {
        var truth = await Trigger.RunAsync(way, running.NewWatched());

        await running.Agent.WaitForEventAsync("file_open", truth.Pid);
        await running.SettleAsync();

        Assert.Equal(0, truth.Number("result"));
        Assert.DoesNotContain(running.Agent.Events.All, e => e.Kind == "file_open" && e.ProcessId == truth.Number("child"));
    }

    private async Task<AgentEvent> OpenedAsync(IReadOnlyList<string> wrapper, string path)
    {
        var truth = await Trigger.RunInAsync(wrapper, "open_plain", path);

        var open = await running.Agent.WaitForEventAsync(
            e => e.Kind == "file_open" && e.ProcessId == truth.Pid && e.Number("Inode") == truth.Inode, $"open of {truth}");
        Assert.Equal(path, open.Text("AskedPath"));
        Assert.True(open.Flag("Sensitive"));
        return open;
    }
}
