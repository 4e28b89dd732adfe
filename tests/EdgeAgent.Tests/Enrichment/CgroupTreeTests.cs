using EdgeAgent.Enrichment;
using EdgeAgent.Tests.Fakes;

namespace EdgeAgent.Tests.Enrichment;

public sealed class CgroupTreeTests
{
    [CgroupFact]
    public void Cgroup_is_found_by_its_id_for_as_long_as_it_exists()
    {
        using var tree = CgroupTree.Open(CgroupFactAttribute.Root, Assert.Fail);
        var name = $"edge-agent-tests-{Guid.NewGuid():N}";
        ulong outer, inner;
        using (var folder = new ScratchCgroup(name))
        using (var below = new ScratchCgroup($@"{name}/a b\c"))
        {
            (outer, inner) = (folder.Id, below.Id);
            Assert.Equal($"/{name}", tree.PathOf(outer));
            Assert.Equal($@"/{name}/a b\c", tree.PathOf(inner));
        }

        Assert.Equal(("", ""), (tree.PathOf(outer), tree.PathOf(inner)));
        Assert.Equal(("", ""), (tree.PathOf(0), tree.PathOf(ulong.MaxValue)));
    }

    [Theory]
    [InlineData(null, "no cgroup v2 is mounted")]
    [InlineData("/nowhere/at/all", "No such file or directory")]
    [InlineData("/proc/self", "open_by_handle_at")]
    public void Where_cgroups_cannot_be_looked_up_it_is_said_once_and_paths_are_empty(string? root, string words)
    {
        var reports = new List<string>();
        using var tree = CgroupTree.Open(root, reports.Add);
        Assert.Equal("", tree.PathOf(1));
        Assert.Contains(words, Assert.Single(reports), StringComparison.Ordinal);
    }
}
