using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class TrialFoldersTests : IDisposable
{
    private const int NoProcess = 4_194_305; // beyond the greatest that the kernel gives
    private readonly string _place = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void What_a_killed_agent_left_is_removed_with_its_files()
    {
        var left = Folder($".edge-agent-{NoProcess}-0", "file", "link", "renamed");
        var ofBefore = Folder(".edge-agent-0123456789abcdef");
        var ofFolders = Folder($".edge-agent-{NoProcess}-1-renamed");

        TrialFolders.RemoveLeft([Path.Combine(_place, "missing"), _place]);

        Assert.All([left, ofBefore, ofFolders], folder => Assert.False(Directory.Exists(folder)));
    }

    [Fact]
    public void What_one_that_runs_uses_and_what_is_of_others_stays()
    {
        var running = Folder(".edge-agent-1-0", "file");
        var others = Folder($".edge-agent-{NoProcess}-0", "file", "something-else");
        var like = Folder("edge-agent-1");

        TrialFolders.RemoveLeft([_place]);

        Assert.All([running, others, like], folder => Assert.True(Directory.Exists(folder)));
        Assert.True(File.Exists(Path.Combine(running, "file")));
        Assert.True(File.Exists(Path.Combine(others, "something-else")));
    }

    [Fact]
    public void Link_under_such_a_name_is_not_followed()
    {
        var elsewhere = Folder("elsewhere", "file");
        File.CreateSymbolicLink(Path.Combine(_place, $".edge-agent-{NoProcess}-0"), elsewhere);

        TrialFolders.RemoveLeft([_place]);

        Assert.True(File.Exists(Path.Combine(elsewhere, "file")));
    }

    [Fact]
    public void Name_tells_who_has_it() =>
        Assert.StartsWith($"{_place}/.edge-agent-{Environment.ProcessId}-", TrialFolders.NameIn(_place), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_place, recursive: true);

    private string Folder(string name, params string[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_place, name)).FullName;
        Array.ForEach(files, file => File.WriteAllBytes(Path.Combine(folder, file), []));
        return folder;
    }
}
