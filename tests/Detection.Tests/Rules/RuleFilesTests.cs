using Detection.Rules;
using Support;

namespace Detection.Tests.Rules;

/// <summary>Which files of a folder hold rules, with the links that people and orchestrators make there.</summary>
public sealed class RuleFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_come_in_ordinal_order_of_their_paths_without_tests_and_other_files()
    {
        foreach (var file in new[] { "b.yml", "a/z.yaml", "B.yml", "a.yml", "a.tests.yml", "notes.md", "a/deep/er/x.yml" })
        {
            _folder.File(file);
        }

        Assert.Equal(["B.yml", "a.yml", "a/deep/er/x.yml", "a/z.yaml", "b.yml"], Find());
    }

    [Fact]
    public void A_link_to_the_folder_itself_or_to_one_that_holds_it_is_not_followed()
    {
        _folder.File("rules/a.yml");
        _folder.File("other.yml");
        Link("rules/self", ".");
        Link("rules/up", "..");

        Assert.Equal(["rules/a.yml"], Find("rules"));
    }

    [Fact]
    public void A_link_to_a_folder_elsewhere_is_followed_once()
    {
        _folder.File("rules/a.yml");
        _folder.File("more/b.yml");
        Link("rules/one", "../more");
        Link("rules/two", _folder["more"]);
        Link("more/back", "../rules");

        Assert.Equal(["rules/a.yml", "rules/one/b.yml"], Find("rules"));
    }

    [Fact]
    public void A_folder_of_the_walk_keeps_its_own_name()
    {
        _folder.File("z/a.yml");
        Link("a", "z");

        Assert.Equal(["z/a.yml"], Find());
    }

    [Fact]
    public void The_layout_of_a_mounted_ConfigMap_gives_each_file_once()
    {
        _folder.File("..2026_11_26/one.yml");
        _folder.File("..2026_11_26/two.yml");
        Link("..data", "..2026_11_26");
        Link("one.yml", "..data/one.yml");
        Link("two.yml", "..data/two.yml");

        Assert.Equal(["one.yml", "two.yml"], Find());
    }

    [Fact]
    public void A_file_that_has_links_is_there_once_under_its_own_name()
    {
        _folder.File("m.yml");
        Link("a.yml", "m.yml");
        Link("z.yml", "a.yml");

        Assert.Equal(["m.yml"], Find());
    }

    [Fact]
    public void A_link_to_nothing_and_a_link_to_itself_are_left_to_whoever_reads_them()
    {
        Link("gone.yml", "nowhere.yml");
        Link("loop.yml", "loop.yml");

        Assert.Equal(["gone.yml", "loop.yml"], Find());
    }

    [Fact]
    public void Files_that_are_named_twice_in_different_ways_are_one()
    {
        var file = _folder.File("rules/a.yml");
        Link("link", "rules");

        Assert.Equal([file], RuleFiles.Distinct([file, _folder["rules/../rules/./a.yml"], _folder["link/a.yml"]]));
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(_folder[name], target);

    private IEnumerable<string> Find(string folder = "") =>
        RuleFiles.Find(_folder[folder], RuleFiles.IsRuleFile).Select(file => Path.GetRelativePath(_folder.Path, file));
}
