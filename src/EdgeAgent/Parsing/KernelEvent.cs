using System.Net;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Parsing;

/// <summary>A kernel record as values: what the kernel knows and nothing more. The tail's strings are in <see cref="Wire.Text.KernelString"/> form.</summary>
internal abstract record KernelEvent(EdgeHeader Header, EdgeTask Task)
{
    internal Lane Lane => (Lane)Header.Lane;

    /// <summary>How many records like this one it stands for, beside itself.</summary>
    internal uint Repeated { get; set; }

    /// <summary>How long before it the first of those was, ns.</summary>
    internal ulong RepeatedNs { get; set; }

    /// <summary>The acting process.</summary>
    internal ProcessKey Key => new(Task.Pid, Task.StartNs);

    /// <summary>Its parent now, which is not always who spawned it.</summary>
    internal ProcessKey ParentKey => new(Task.ParentPid, Task.ParentStartNs);
}

internal sealed record KernelExec(
    EdgeHeader Header, EdgeTask Task, EdgeFile File, string Path, string Asked, string Interpreter, string CurrentDirectory,
    IReadOnlyList<string> Arguments, bool ArgumentsTruncated) : KernelEvent(Header, Task);

internal sealed record KernelFork(EdgeHeader Header, EdgeTask Task, ProcessKey Child) : KernelEvent(Header, Task);

internal sealed record KernelExit(EdgeHeader Header, EdgeTask Task, int ExitCode) : KernelEvent(Header, Task);

internal sealed record KernelFileOpen(
    EdgeHeader Header, EdgeTask Task, EdgeFile File, string Path, string Asked, uint OpenFlags) : KernelEvent(Header, Task);

/// <param name="Result">At least 0, or an errno, negative.</param>
/// <param name="Name">As asked; where <paramref name="File"/> has an inode, its resolved path.</param>
/// <param name="Folder">What a name without a leading '/' is relative to.</param>
internal sealed record KernelCall(
    EdgeHeader Header, EdgeTask Task, EdgeFile File, CallKind Call, int Result, CallArguments Arguments, string Name, string Folder, string OtherName,
    string OtherFolder) : KernelEvent(Header, Task);

internal sealed record KernelNetwork(
    EdgeHeader Header, EdgeTask Task, IPAddress Address, ushort Port, byte Protocol) : KernelEvent(Header, Task);
