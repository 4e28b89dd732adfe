using System.Diagnostics;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

/// <summary>Which folders are listed again, and that what is in them is known whatever others do meanwhile.</summary>
public sealed class ListedFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ListedFolders _listed;

    public ListedFoldersTests()
    {
        _listed = new ListedFolders(_time);
        _time.Advance(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1) - _time.GetUtcNow());
    }

    public void Dispose() => _folder.Dispose();

    [PlainFolderFact]
    public void Folder_that_has_not_changed_is_not_listed_again_and_one_that_has_is()
    {
        _folder.File("w/x/file");
        Scan();
        Scan();
        Assert.Equal(2, _listed.Listings);

        _folder.File("w/x/y/file");
        Assert.Contains(_folder["w/x/y"], Scan());
        Assert.Equal(4, _listed.Listings);
    }

    [PlainFolderFact]
    public void Folder_that_changed_just_now_is_listed_again()
    {
        _folder.File("w/file");
        Scan();
        Scan();
        Assert.Equal(1, _listed.Listings);

        _time.Advance(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1) - _time.GetUtcNow());
        _folder.File("w/other");
        Scan();
        Scan();
        Assert.Equal(3, _listed.Listings);
    }

    [PlainFolderFact]
    public void Look_that_has_to_find_each_folder_lists_all_of_them()
    {
        _folder.File("w/file");
        Scan();
        Scan(mayReuse: false);
        Assert.Equal(2, _listed.Listings);
    }

    [PlainFolderFact]
    public void File_of_an_unchanged_folder_that_got_another_name_elsewhere_becomes_a_target()
    {
        _folder.File("w/file");
        Scan();
        Run("ln", _folder["w/file"], _folder["other"]);
        Assert.Contains(_folder["w/file"], Scan());
        Assert.Equal(1, _listed.Listings);
    }

    [PlainFolderFact]
    public void Folder_behind_a_link_that_is_turned_to_another_and_back_is_known_by_its_own_names()
    {
        _folder.File("one/x/file");
        _folder.File("two/y/file");
        Run("ln", "-s", _folder["one"], _folder["w"]);
        Assert.Contains(_folder["w/x"], Scan());
        Run("ln", "-sfn", _folder["two"], _folder["w"]);
        Assert.Contains(_folder["w/y"], Scan());
        Run("ln", "-sfn", _folder["one"], _folder["w"]);
        var again = Scan();
        Assert.Contains(_folder["w/x"], again);
        Assert.DoesNotContain(_folder["w/y"], again);
    }

    [PlainFolderFact]
    public void File_with_other_names_is_found_among_more_files_than_are_remembered()
    {
        _folder.File("w/00000");
        Run("ln", _folder["w/00000"], _folder["other"]);
        for (var i = 1; i <= WatchScanner.MaxFiles + 200; i++)
        {
            File.WriteAllText(_folder[$"w/{i:d5}"], "");
        }

        Run("ln", _folder["w/00042"], _folder["another"]);
        Run("ln", _folder[$"w/{WatchScanner.MaxFiles + 150:d5}"], _folder["third"]);
        Assert.Superset(new HashSet<string> { _folder["w/00000"], _folder["w/00042"], _folder[$"w/{WatchScanner.MaxFiles + 150:d5}"] }, Scan().ToHashSet());
        Scan();
        Assert.Equal(2, _listed.Listings);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private IEnumerable<string> Scan(bool mayReuse = true) =>
        WatchScanner.Scan(new AgentOptions { WatchFolders = [_folder["w"]] }, _listed, mayReuse, _ => { }, out _).Keys;
}
