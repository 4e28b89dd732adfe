using EdgeAgent.Intake;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchScannerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _reports = [];
    private readonly ListedFolders _listed = new(TimeProvider.System);
    private bool _isWhole;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_is_a_target_also_when_it_does_not_exist()
    {
        var targets = Scan(new AgentOptions { WatchFiles = [_folder["none"]] });
        Assert.Equal(new WatchTarget(_folder["none"], EdgeWatch.Open), Assert.Single(targets).Value);
        Assert.Equal((_folder.Path, "none"), (targets.Values.Single().Folder, targets.Values.Single().Name));
    }

    [Fact]
    public void File_of_a_watched_folder_that_has_other_names_is_a_target_itself()
    {
        _folder.File("w/one");
        _folder.File("w/x/two");
        using (var link = System.Diagnostics.Process.Start("ln", [_folder["w/x/two"], _folder["other"]]))
        {
            link.WaitForExit();
        }

        var targets = Scan(new AgentOptions { WatchFolders = [_folder["w"]] });
        Assert.Equal([_folder["w"], _folder["w/x"], _folder["w/x/two"]], targets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new WatchTarget(_folder["w/x/two"], EdgeWatch.Open, IsBelow: true), targets[_folder["w/x/two"]]);
    }

    [Fact]
    public void Star_stands_for_what_exists_in_one_part_and_the_rest_need_not()
    {
        _folder.Folder("home/alice/.ssh");
        _folder.Folder("home/bob");
        Assert.Equal(
            [_folder["home/alice/.ssh/id"], _folder["home/bob/.ssh/id"]],
            Scan(new AgentOptions { WatchFiles = [_folder["home/*/.ssh/id"]] }).Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Scan(new AgentOptions { WatchFiles = [_folder["nowhere/*/x"]] }));
    }

    [Fact]
    public void Star_dot_star_means_names_with_a_dot_and_hidden_names_count()
    {
        _folder.File("a.txt");
        _folder.File("plain");
        _folder.File(".hidden.x");
        Assert.Equal(
            [_folder[".hidden.x"], _folder["a.txt"]],
            Scan(new AgentOptions { WatchFiles = [_folder["*.*"]] }).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folder_is_followed_down_but_not_through_links()
    {
        using var outside = new TemporaryFolder();
        outside.Folder("secret");
        _folder.Folder("w/a/b");
        _folder.File("w/file");
        Directory.CreateSymbolicLink(_folder["w/link"], outside.Path);
        Directory.CreateSymbolicLink(_folder["w/a/loop"], _folder["w"]);
        var targets = Scan(new AgentOptions { WatchFolders = [_folder["w/"]] });
        Assert.Equal([_folder["w"], _folder["w/a"], _folder["w/a/b"]], targets.Keys.Order(StringComparer.Ordinal));
        Assert.All(targets.Values, t => Assert.Equal(EdgeWatch.Open | EdgeWatch.Folder, t.Watch));
        Assert.Equal([false, true, true], targets.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value.IsBelow));
    }

    [Fact]
    public void Path_named_by_several_lists_is_one_target_with_all_reasons()
    {
        _folder.Folder("w/x");
        var targets = Scan(new AgentOptions { WatchFiles = [_folder["w/x"]], WatchCommands = [_folder["w/x/"]], WatchFolders = [_folder["w"]] });
        Assert.Equal(new WatchTarget(_folder["w/x"], EdgeWatch.Open | EdgeWatch.Exec | EdgeWatch.Folder), targets[_folder["w/x"]]);
    }

    [Fact]
    public void Folders_beyond_the_bound_are_reported()
    {
        for (var i = 0; i <= WatchScanner.MaxFolders; i++)
        {
            Directory.CreateDirectory(_folder[$"w/{i}"]);
        }

        var targets = Scan(new AgentOptions { WatchFolders = [_folder["w"]] });
        Assert.Equal(WatchScanner.MaxFolders + 1, targets.Count);
        Assert.Equal([$"{_folder["w"]} has more than {WatchScanner.MaxFolders} folders below it; opens in the others are not seen"], _reports);
        Assert.False(_isWhole);
        Directory.Delete(_folder["w/0"]);
        Scan(new AgentOptions { WatchFolders = [_folder["w"]] });
        Assert.Single(_reports);
    }

    [Fact]
    public void Scan_is_whole_unless_a_folder_cannot_be_followed()
    {
        _folder.File("w/x/file");
        var options = new AgentOptions { WatchFolders = [_folder["w"], _folder["nowhere"]] };
        Scan(options);
        Assert.True(_isWhole);

        // No text, and so no name that .NET could open.
        Shell("mkdir");
        Scan(options);
        Shell("rmdir");
        Assert.False(_isWhole);

        void Shell(string command)
        {
            using var ran = System.Diagnostics.Process.Start("sh", ["-c", $"{command} \"$0/$(printf '\\377')\"", _folder["w/x"]]);
            ran.WaitForExit();
            Assert.Equal(0, ran.ExitCode);
        }
    }

    private IReadOnlyDictionary<string, WatchTarget> Scan(AgentOptions options) => WatchScanner.Scan(options, _listed, mayReuse: true, _reports.Add, out _isWhole);
}
