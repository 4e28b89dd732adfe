using AlertLambda.Alerts;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Alerts;

public sealed class LineageTreeTests
{
    [Fact]
    public void Shared_ancestors_are_drawn_once_and_actors_are_marked()
    {
        var shell = Some.Process(pid: 10);
        var left = Some.Process("/usr/bin/sudo", parent: shell, pid: 11);
        var right = Some.Process("/usr/bin/cat", parent: shell, pid: 12);

        var rows = LineageTree.Draw([(1, Some.Exec(left)), (2, Some.FileOpen(process: right, sequence: 2)), (3, Some.FileOpen(process: right, sequence: 3))]);

        Assert.Equal([(0, 1u), (1, 10u), (2, 11u), (2, 12u)], rows.Select(r => (r.Depth, r.Process!.Key.Pid)));
        Assert.Equal([[], [], [1], [2, 3]], rows.Select(r => r.Witnesses));
    }

    [Fact]
    public void Process_that_changed_its_program_has_a_line_per_program()
    {
        var shell = Some.Process(pid: 10);
        var before = Some.Process("/usr/bin/sudo", parent: shell, pid: 11);
        var after = Some.Process("/usr/bin/cat", parent: shell, pid: 11);

        var rows = LineageTree.Draw([(1, Some.Exec(before)), (2, Some.FileOpen(process: after, sequence: 2))]);

        Assert.Equal(["systemd", "bash", "sudo", "cat"], rows.Select(r => Phrases.Program(r.Process!)));
    }

    [Fact]
    public void Long_chain_keeps_its_oldest_and_youngest_generations_and_counts_the_rest()
    {
        var node = Some.Init;
        for (var pid = 2u; pid <= 100; pid++)
        {
            node = Some.Process(parent: node, pid: pid);
        }

        var rows = LineageTree.Draw([(1, Some.Exec(node))]);

        Assert.Equal(17, rows.Count);
        Assert.Equal([1u, 2u, 3u, 4u], rows.Take(4).Select(r => r.Process!.Key.Pid));
        Assert.Null(rows[4].Process);
        Assert.Equal(84, rows[4].LeftOut);
        Assert.Equal([.. Enumerable.Range(89, 12).Select(i => (uint)i)], rows.Skip(5).Select(r => r.Process!.Key.Pid));
    }

    [Fact]
    public void Chain_of_seventeen_is_drawn_whole()
    {
        var node = Some.Init;
        for (var pid = 2u; pid <= 17; pid++)
        {
            node = Some.Process(parent: node, pid: pid);
        }

        Assert.Equal([.. Enumerable.Range(1, 17).Select(i => (uint)i)], LineageTree.Draw([(1, Some.Exec(node))]).Select(r => r.Process!.Key.Pid));
    }

    [Fact]
    public void Ancestors_that_were_never_known_are_marked()
    {
        var orphan = new ProcessNode { Key = new ProcessKey(7, 7), Image = "/x", LineageTruncated = true };

        var rows = LineageTree.Draw([(1, Some.Exec(orphan))]);

        Assert.Equal([null, orphan], rows.Select(r => r.Process));
        Assert.Equal(0, rows[0].LeftOut);
    }

    [Fact]
    public void Hosts_have_trees_of_their_own_even_with_equal_pids()
    {
        var other = Some.Host("i-0fedcba9876543210", hostName: "db-1");

        var rows = LineageTree.Draw([(1, Some.Exec(Some.Process())), (2, Some.Exec(Some.Process(), host: other))]);

        Assert.Equal(["web-1", null, "db-1", null], rows.Select(r => r.Host?.HostName));
    }
}
