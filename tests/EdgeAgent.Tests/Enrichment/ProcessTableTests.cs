using EdgeAgent.Enrichment;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class ProcessTableTests
{
    private const ulong Second = 1_000_000_000;

    [Fact]
    public void Child_has_the_image_of_its_parent_until_it_executes_another()
    {
        var table = new ProcessTable();
        var shell = table.Put(Some.Process("/usr/bin/bash", pid: 10));
        var child = table.Fork(shell, new ProcessKey(11, 11), ProcessKey.Unknown);
        Assert.Equal(("/usr/bin/bash", shell), (child.Image, child.Parent));
        table.Put(Some.Process("/usr/bin/sudo", parent: child.Parent, pid: 11, startNs: 11));
        Assert.Equal("/usr/bin/sudo", table.Find(new ProcessKey(11, 11))!.Image);
        Assert.Same(shell, table.Find(new ProcessKey(11, 11))!.Parent);
    }

    [Fact]
    public void Fork_that_comes_after_the_exec_of_the_child_tells_its_parent_and_leaves_its_image()
    {
        var table = new ProcessTable();
        var shell = table.Put(Some.Process("/usr/bin/bash", pid: 10));
        var key = new ProcessKey(11, 11);
        table.Put(new ProcessNode { Key = key, Image = "/usr/bin/sudo", LineageTruncated = true });
        table.Fork(shell, key, ProcessKey.Unknown);

        var child = table.Find(key)!;
        Assert.Equal(("/usr/bin/sudo", shell, false), (child.Image, child.Parent, child.LineageTruncated));
        Assert.Equal(key, table.SessionOf(11));
        Assert.Same(child, table.Fork(shell, key, ProcessKey.Unknown));
    }

    [Fact]
    public void Leader_that_only_forked_and_called_setsid_belongs_to_the_session_it_came_from()
    {
        var table = new ProcessTable();
        var shell = table.Put(Some.Process("/usr/bin/bash", pid: 10));
        var sudo = table.Put(Some.Process("/usr/bin/sudo", parent: shell, pid: 11));
        var monitor = table.Fork(sudo, new ProcessKey(12, 12), table.SessionOf(10));
        table.Fork(monitor, new ProcessKey(13, 13), table.SessionOf(12));

        Assert.Equal(shell.Key, table.SessionOf(12));
        Assert.Equal(shell.Key, table.SessionOf(13));
    }

    [Fact]
    public void Leader_that_executed_a_program_has_a_session_of_its_own()
    {
        var table = new ProcessTable();
        var shell = table.Put(Some.Process("/usr/bin/bash", pid: 10));
        var child = table.Fork(shell, new ProcessKey(11, 11), table.SessionOf(10));
        table.Put(Some.Process("/usr/bin/setsid", parent: shell, pid: 11, startNs: 11));

        Assert.Equal(child.Key, table.SessionOf(11));
        Assert.Equal(ProcessKey.Unknown, table.SessionOf(0));
    }

    [Fact]
    public void Grandchild_keeps_its_lineage_after_its_parents_ended_and_were_forgotten()
    {
        var table = new ProcessTable();
        var root = table.Put(Some.Process("/usr/bin/sshd", pid: 10));
        var middle = table.Fork(root, new ProcessKey(11, 11), ProcessKey.Unknown);
        var last = table.Fork(middle, new ProcessKey(12, 12), ProcessKey.Unknown);
        table.Exit(middle.Key, 100 * Second);
        table.Exit(root.Key, 101 * Second);
        table.Exit(new ProcessKey(99, 99), 200 * Second);
        Assert.Null(table.Find(middle.Key));
        Assert.Null(table.Find(root.Key));
        Assert.Equal([12u, 11, 10, 1], table.Find(last.Key)!.Lineage().Select(n => n.Key.Pid));
    }

    [Fact]
    public void Ended_process_is_still_found_for_a_while()
    {
        var table = new ProcessTable();
        var node = table.Put(Some.Process(pid: 10));
        table.Exit(node.Key, 100 * Second);
        table.Exit(new ProcessKey(98, 1), (100 * Second) + ProcessTable.KeepExitedNs);
        Assert.NotNull(table.Find(node.Key));
        table.Exit(new ProcessKey(99, 1), (100 * Second) + ProcessTable.KeepExitedNs + 1);
        Assert.Null(table.Find(node.Key));
    }

    [Fact]
    public void Pid_that_was_given_again_names_the_younger_process_and_the_elder_stays_itself()
    {
        var table = new ProcessTable();
        var elder = table.Put(Some.Process("/bin/a", pid: 10, startNs: 1));
        table.Exit(elder.Key, 5 * Second);
        var younger = table.Put(Some.Process("/bin/b", pid: 10, startNs: 6 * Second));
        Assert.Equal(younger.Key, table.SessionOf(10));
        Assert.Equal("/bin/a", table.Find(elder.Key)!.Image);
        table.Exit(new ProcessKey(99, 1), 100 * Second);
        Assert.Equal(younger.Key, table.SessionOf(10));
        Assert.Equal(new ProcessKey(77, 0), table.SessionOf(77));
    }

    [Fact]
    public void Full_table_forgets_the_oldest_and_counts_them()
    {
        var table = new ProcessTable(capacity: 3);
        for (uint pid = 1; pid <= 5; pid++)
        {
            table.Put(Some.Process(pid: pid));
        }

        Assert.Equal((3, 2L), (table.Count, table.Evictions));
        Assert.Null(table.Find(new ProcessKey(2, 2_000_000)));
        Assert.NotNull(table.Find(new ProcessKey(3, 3_000_000)));
    }

    [Fact]
    public void Flood_of_short_processes_does_not_push_out_a_living_one()
    {
        var table = new ProcessTable(capacity: 10);
        var shell = table.Put(Some.Process(pid: 1000));
        for (uint pid = 2000; pid < 3000; pid++)
        {
            var child = table.Fork(shell, new ProcessKey(pid, pid), ProcessKey.Unknown);
            table.Exit(child.Key, 50 * Second);
        }

        Assert.Same(shell, table.Find(shell.Key));
        Assert.Equal((10, 0L), (table.Count, table.Evictions));
    }

    [Fact]
    public void Daemon_that_forks_itself_for_ever_has_a_bounded_lineage_that_says_it_was_cut()
    {
        var table = new ProcessTable(capacity: 100);
        var node = table.Put(Some.Process(pid: 2));
        for (uint pid = 3; pid < 10_000; pid++)
        {
            var child = table.Fork(node, new ProcessKey(pid, pid), ProcessKey.Unknown);
            table.Exit(node.Key, pid * Second);
            node = child;
            Assert.InRange(Depth(node), 1, ProcessNode.MaxLineage);
        }

        Assert.True(node.Lineage().Last().LineageTruncated);
        Assert.True(node.Lineage().Count() >= ProcessNode.MaxLineage / 2);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => 9999u - (uint)i), node.Lineage().Take(50).Select(n => n.Key.Pid));
    }

    [Fact]
    public void Chain_of_giant_command_lines_is_bounded_in_text_and_its_ancestors_are_kept()
    {
        var table = new ProcessTable();
        var node = table.Put(Some.Process(pid: 2));
        for (uint pid = 3; pid < 100; pid++)
        {
            var child = table.Fork(node, new ProcessKey(pid, pid), ProcessKey.Unknown);
            node = table.Put(Some.Process($"/bin/{pid}", [$"{pid}", new string('x', 4000)], child.Parent, pid, startNs: pid));
            Assert.True(node.Lineage().Sum(LineageCutter.TextOf) <= ProcessTable.MaxLineageText);
        }

        Assert.Equal(4000, node.Arguments[1].Length);
        Assert.Equal([.. Enumerable.Range(2, 98).Select(i => (uint)i).Reverse(), 1], node.Lineage().Select(n => n.Key.Pid));
        Assert.Equal("/bin/3", node.Lineage().First(n => n.Key.Pid == 3).Image);
    }

    private static int Depth(ProcessNode? node)
    {
        var depth = 0;
        for (; node is not null; node = node.Parent)
        {
            depth++;
        }

        return depth;
    }
}
