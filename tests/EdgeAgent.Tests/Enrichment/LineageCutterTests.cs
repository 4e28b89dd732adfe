using EdgeAgent.Enrichment;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class LineageCutterTests
{
    [Fact]
    public void Oldest_ancestors_are_cut_and_the_cut_is_marked_on_the_last_one_left()
    {
        var node = Chain(10);
        var cut = LineageCutter.Cut(node, maxNodes: 4, maxText: 1_000_000);
        Assert.Equal([9u, 8, 7, 6], cut.Lineage().Select(n => n.Key.Pid));
        Assert.Equal([false, false, false, true], cut.Lineage().Select(n => n.LineageTruncated));
    }

    [Fact]
    public void Node_itself_stays_whole_while_ancestors_lose_long_arguments_and_folders()
    {
        var parent = Some.Process("/bin/a", ["a", new string('y', 200), "z"], pid: 5);
        var node = Some.Process("/bin/b", ["b", new string('x', 500)], parent, 6, currentDirectory: "/srv");
        var cut = LineageCutter.Cut(node, 10, 1000);
        Assert.Equal((500, "/srv", false), (cut.Arguments[1].Length, cut.CurrentDirectory, cut.ArgumentsTruncated));
        Assert.Equal(["a"], cut.Parent!.Arguments);
        Assert.Equal(("", true, "/bin/a"), (cut.Parent.CurrentDirectory, cut.Parent.ArgumentsTruncated, cut.Parent.Image));
    }

    [Fact]
    public void Node_larger_than_the_bound_is_kept_alone()
    {
        var cut = LineageCutter.Cut(Some.Process("/bin/b", [new string('x', 500)], Chain(3)), 10, 100);
        Assert.True(cut.LineageTruncated);
        Assert.Single(cut.Lineage());
    }

    [Fact]
    public void Lineage_within_bounds_keeps_all_nodes_and_no_mark()
    {
        var cut = LineageCutter.Cut(Chain(3), 10, 100_000);
        Assert.Equal(3, cut.Lineage().Count());
        Assert.DoesNotContain(cut.Lineage(), n => n.LineageTruncated);
    }

    private static ProcessNode Chain(uint length)
    {
        var node = new ProcessNode { Key = new ProcessKey(1000, 1) };
        for (uint pid = 0; pid < length; pid++)
        {
            node = new ProcessNode { Key = new ProcessKey(pid, 1), Parent = pid == 0 ? null : node };
        }

        return node;
    }
}
