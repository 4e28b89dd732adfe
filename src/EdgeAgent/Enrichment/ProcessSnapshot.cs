using EdgeAgent.Intake;
using EdgeAgent.Parsing;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Fills the process table with what ran before the agent.</summary>
internal static class ProcessSnapshot
{
    /// <summary>Adds the processes to the table, parents before children.</summary>
    /// <param name="tasks">Thread group leaders as the kernel's task iterator shows them.</param>
    /// <param name="processes">Table to fill.</param>
    /// <param name="proc">Where images and arguments are read.</param>
    /// <param name="users">Names of users.</param>
    internal static void Fill(IReadOnlyList<EdgeTask> tasks, ProcessTable processes, ProcFiles proc, UserNames users)
    {
        // A parent is always older than its child, also when it only adopted it (init, sub-reaper).
        foreach (var task in tasks.OrderBy(t => t.StartNs))
        {
            var key = new ProcessKey(task.Pid, task.StartNs);
            if (processes.Find(key) is not null)
            {
                continue;
            }

            var parent = processes.Find(new ProcessKey(task.ParentPid, task.ParentStartNs));
            var shown = proc.Describe(key);
            var comm = task.Comm;
            processes.Put(new ProcessNode
            {
                Key = key,
                Parent = parent,
                LineageTruncated = parent is null && task.ParentPid != 0,
                Image = shown.Image,
                Comm = RecordParser.PaddedText(comm),
                Arguments = shown.Arguments,
                ArgumentsTruncated = shown.ArgumentsTruncated,
                CurrentDirectory = shown.CurrentDirectory,
                Uid = task.Uid,
                UserName = users.NameOf(task.Uid),
            });
        }
    }
}
