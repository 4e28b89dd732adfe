using EdgeAgent.Enrichment;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class ProcessSnapshotTests
{
    [Fact]
    public void Processes_are_joined_to_their_parents_in_whatever_order_they_come_and_known_ones_stay()
    {
        var table = new ProcessTable();
        var known = table.Put(Some.Process("/known", pid: 30, startNs: 30));
        using var folder = new TemporaryFolder();
        ProcessSnapshot.Fill(
            [
                KernelBytes.Task(30, 30, 20, 20, comm: "other"), KernelBytes.Task(20, 20, 10, 10, uid: 5, comm: "mid"),
                KernelBytes.Task(10, 10, 0, 0, comm: "init"), KernelBytes.Task(40, 40, 39, 39, comm: "lost"),
            ],
            table, new ProcFiles(folder.Path), new UserNames(folder.File("passwd", "svc:x:5:5::/:/bin/sh\n")));
        Assert.Same(known, table.Find(known.Key));
        var middle = table.Find(new ProcessKey(20, 20))!;
        Assert.Equal(("mid", "init", "svc", false), (middle.Comm, middle.Parent!.Comm, middle.UserName, middle.LineageTruncated));
        Assert.False(middle.Parent.LineageTruncated);
        Assert.True(table.Find(new ProcessKey(40, 40))!.LineageTruncated);
    }
}
