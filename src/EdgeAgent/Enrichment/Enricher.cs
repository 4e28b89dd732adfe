using EdgeAgent.Parsing;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>
/// Fourth stage: adds what the kernel record does not hold — host, wall clock, user names, container, the process with its lineage — and keeps
/// the process table up to date while doing so. Records must come in kernel time order. One thread only.
/// </summary>
/// <param name="host">Who this host is.</param>
/// <param name="clock">From boot time to wall clock.</param>
/// <param name="users">Names of users.</param>
/// <param name="actors">Makes the actors of events.</param>
/// <param name="processes">The table.</param>
/// <param name="proc">/proc.</param>
/// <param name="calls">Makes events of system calls.</param>
/// <param name="isWatched">Tells of a path whether the watch lists hold it, or a folder above it.</param>
/// <param name="events">Where events are from.</param>
internal sealed class Enricher(
    HostIdentity host, BootClock clock, UserNames users, Actors actors, ProcessTable processes, ProcFiles proc, CallReader calls,
    Func<string, bool> isWatched, EventPool events)
{
    /// <summary>The event, complete; the caller's until it gives it back to the pool (<c>docs/decisions/0015</c>).</summary>
    internal HostEvent Enrich(KernelEvent e)
    {
        users.KnowAsOf(e.Header.BootNs);
        return e switch
        {
            KernelExec exec => EnrichExec(exec),
            KernelFork fork => EnrichFork(fork),
            KernelExit exit => EnrichExit(exit),
            KernelFileOpen open => events.FileOpen(
                Facts(e, ProcessOf(e), open.File.Watch != 0 ? EventFlags.Sensitive : EventFlags.None), open.Path, open.Asked,
                FlagsOf(open.File, open.Path), IdentityOf(open.File), open.OpenFlags, error: 0),
            KernelNetwork network => events.Network(
                Facts(e, ProcessOf(e), EventFlags.External), (EventKind)e.Header.Kind == EventKind.Send, network.Address, network.Port, network.Protocol),
            KernelCall call => calls.Read(call, Facts(e, ProcessOf(e), EventFlags.None), events),
            _ => throw new InvalidOperationException($"no enrichment for {e.GetType().Name}"),
        };
    }

    private ExecEvent EnrichExec(KernelExec e)
    {
        // What /proc shows of an unknown process is already the new image, its name included.
        var caller = processes.Find(e.Key)?.Comm ?? "";
        var before = ProcessOf(e);
        var after = processes.Put(new ProcessNode
        {
            Key = e.Key,
            Parent = before.Parent,
            LineageTruncated = before.LineageTruncated,
            Image = e.Path,
            Comm = CommOf(e),
            Arguments = e.Arguments,
            ArgumentsTruncated = e.ArgumentsTruncated,
            CurrentDirectory = e.CurrentDirectory,
            Uid = e.Task.Uid,
            UserName = users.NameOf(e.Task.Uid),
        });
        return events.Exec(
            Facts(e, after, e.File.Watch != 0 ? EventFlags.Sensitive : EventFlags.None), IdentityOf(e.File), FlagsOf(e.File, e.Path), e.Asked,
            e.Interpreter, caller);
    }

    private ForkEvent EnrichFork(KernelFork e)
    {
        var parent = ProcessOf(e);
        processes.Fork(parent, e.Child, processes.SessionOf(e.Task.SessionPid));
        return events.Fork(Facts(e, parent, EventFlags.None), e.Child);
    }

    private ExitEvent EnrichExit(KernelExit e)
    {
        var process = ProcessOf(e);
        processes.Exit(e.Key, e.Header.BootNs);
        return events.Exit(Facts(e, process, EventFlags.None), e.ExitCode);
    }

    private EventFacts Facts(KernelEvent e, ProcessNode process, EventFlags flags) => new()
    {
        Host = host,
        Lane = e.Lane,
        Sequence = e.Header.Sequence,
        BootNs = e.Header.BootNs,
        TimeNs = clock.TimeNs(e.Header.BootNs),
        Process = process,
        Actor = actors.Of(e.Task),
        ThreadId = e.Task.Tid,
        Cpu = e.Header.Cpu,
        Flags = flags,
        Origin = (OriginFlags)e.Header.Origin,
        Repeated = e.Repeated,
        RepeatedNs = e.RepeatedNs,
    };

    /// <summary>
    /// The acting process. One whose fork was never seen (lost, or older than the agent) is made from what the record says and what
    /// /proc still shows; its parent now stands for who spawned it.
    /// </summary>
    private ProcessNode ProcessOf(KernelEvent e)
    {
        if (processes.Find(e.Key) is { } known)
        {
            return known;
        }

        var parent = processes.Find(e.ParentKey);
        var shown = proc.Describe(e.Key);
        return processes.Put(new ProcessNode
        {
            Key = e.Key,
            Parent = parent,
            LineageTruncated = parent is null && e.Task.ParentPid != 0,
            Image = shown.Image,
            Comm = CommOf(e),
            Arguments = shown.Arguments,
            ArgumentsTruncated = shown.ArgumentsTruncated,
            CurrentDirectory = shown.CurrentDirectory,
            Uid = e.Task.Uid,
            UserName = users.NameOf(e.Task.Uid),
        });
    }

    /// <summary>The kernel compares names within a file system; that a mount gives a watched file another path, only the path shows.</summary>
    private PathFlags FlagsOf(Intake.EdgeFile file, string path)
    {
        const PathFlags NoPath = PathFlags.Truncated | PathFlags.Detached | PathFlags.Deleted;
        var flags = (PathFlags)file.PathFlags;
        return file.Watch != 0 && (flags & NoPath) == 0 && !isWatched(path) ? flags | PathFlags.Alias : flags;
    }

    private static FileIdentity IdentityOf(Intake.EdgeFile file) => new(file.Device, file.Inode, file.Mode, file.LinkCount);

    private static string CommOf(KernelEvent e)
    {
        var comm = e.Task.Comm;
        return RecordParser.PaddedText(comm);
    }
}
