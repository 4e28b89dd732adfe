using EdgeAgent.Enrichment;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

/// <summary>Who starts processes must not choose how large the agent is.</summary>
public sealed class ProcessTableBudgetTests
{
    private const long Budget = 1 << 20;
    private static readonly string[] Long = [.. Enumerable.Range(0, 1365).Select(n => $"{n % 10}{n / 10 % 10}")];

    [Fact]
    public void Sleepers_with_giant_arguments_lose_them_and_others_do_not()
    {
        var table = new ProcessTable(budget: Budget);
        var shell = table.Put(Process(1, null, ["/bin/bash", "-l"], "/home/alice"));
        for (var pid = 10u; pid < 1000; pid++)
        {
            var told = table.Put(Process(pid, table.Find(shell.Key), [.. Long], $"/{new string('d', 4000)}/{pid}"));
            Assert.Equal(Long.Length, told.Arguments.Count);
            Assert.False(told.ArgumentsTruncated);
            Assert.InRange(table.Measure(), 0, Budget);
        }

        var first = table.Find(new ProcessKey(10, 10))!;
        Assert.True(first.ArgumentsTruncated);
        Assert.Equal(Long[..first.Arguments.Count], first.Arguments);
        Assert.Equal(("", "/usr/bin/sleep"), (first.CurrentDirectory, first.Image));
        Assert.Equal(["/bin/bash", "-l"], table.Find(shell.Key)!.Arguments);
        Assert.Equal("/home/alice", table.Find(shell.Key)!.CurrentDirectory);
        Assert.Same(table.Find(shell.Key), first.Parent);
        Assert.Equal(0, table.Evictions);
        Assert.InRange(table.Shortened, 900, 4000);
    }

    [Fact]
    public void Leaves_that_hold_a_long_lineage_of_ended_processes_are_cut_off_from_it()
    {
        var table = new ProcessTable(budget: Budget);
        var pid = 10u;
        for (var leaf = 0; leaf < 300; leaf++)
        {
            var node = table.Put(Process(pid, null, ["/bin/sh"], "/"));
            for (var i = 0; i < 60; i++)
            {
                table.Exit(node.Key, 1_000_000_000ul * pid++);
                node = table.Put(Process(pid, node, [$"/bin/sh{i}"], "/"));
            }

            pid++;
            Assert.InRange(table.Measure(), 0, Budget);
        }

        Assert.True(table.Shortened > 0);
        Assert.True(table.Find(new ProcessKey(70, 70))!.LineageTruncated);
    }

    [Fact]
    public void Table_of_nothing_but_long_names_forgets_them_and_counts_it()
    {
        var table = new ProcessTable(budget: Budget);
        for (var pid = 10u; pid < 1000; pid++)
        {
            table.Put(new ProcessNode { Key = new ProcessKey(pid, pid), Image = $"/{new string('i', 4000)}/{pid}" });
            Assert.InRange(table.Measure(), 0, Budget);
        }

        Assert.True(table.Evictions > 0);
    }

    [Fact]
    public void Child_that_has_its_parents_arguments_costs_hardly_anything()
    {
        var table = new ProcessTable(budget: Budget);
        var parent = table.Put(Process(1, null, Long, "/"));
        for (var pid = 10u; pid < 1500; pid++)
        {
            table.Fork(table.Find(parent.Key)!, new ProcessKey(pid, pid), ProcessKey.Unknown);
        }

        Assert.Equal(0, table.Shortened);
        Assert.Same(table.Find(parent.Key)!.Arguments, table.Find(new ProcessKey(20, 20))!.Arguments);
    }

    [Fact]
    public void Whatever_comes_the_bound_holds_and_no_process_has_another_parent_than_its_own() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var table = new ProcessTable(capacity: 4096, budget: Budget);
        var parents = new Dictionary<ProcessKey, ProcessKey?>();
        var alive = new List<ProcessKey>();
        for (var pid = 2u; pid < 3000; pid++)
        {
            var key = new ProcessKey(pid, pid);
            var parent = alive.Count > 0 ? table.Find(alive[^random.Next(1, Math.Min(8, alive.Count + 1))]) : null;
            parents[key] = parent?.Key;
            if (parent is not null && random.Next(3) > 0)
            {
                table.Fork(parent, key, table.SessionOf(parent.Key.Pid));
            }

            if (random.Next(3) > 0)
            {
                table.Put(Process(pid, table.Find(key)?.Parent ?? parent, random.Next(4) == 0 ? [.. Long] : ["/bin/ls", "-l"], "/tmp"));
            }

            alive.Add(key);
            if (random.Next(3) == 0)
            {
                table.Exit(alive[random.Next(alive.Count)], pid * 100_000_000ul);
            }

            Assert.True(pid % 16 != 0 || table.Measure() <= Budget);
        }

        foreach (var node in alive.Select(table.Find).OfType<ProcessNode>().SelectMany(found => found.Lineage()))
        {
            Assert.True(node.Parent is null || parents[node.Key] == node.Parent.Key);
            Assert.True(node.Parent is not null || parents[node.Key] is null || node.LineageTruncated);
        }
    }

    private static ProcessNode Process(uint pid, ProcessNode? parent, string[] arguments, string folder) => new()
    {
        Key = new ProcessKey(pid, pid), Parent = parent, Image = "/usr/bin/sleep", Comm = "sleep", Arguments = arguments, CurrentDirectory = folder,
    };
}
