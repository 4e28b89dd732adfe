using System.Net;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Parsing;

/// <summary>
/// A kernel record as values: what the kernel knows and nothing more. The tail's strings are in <see cref="Wire.Text.KernelString"/> form.
/// Belongs to the parser that made it, whose next record of the kind takes its place.
/// </summary>
internal abstract record KernelEvent
{
    private EdgeHeader _header;
    private EdgeTask _task;

    internal ref readonly EdgeHeader Header => ref _header;

    internal ref readonly EdgeTask Task => ref _task;

    internal Lane Lane => (Lane)_header.Lane;

    /// <summary>How many records like this one it stands for, beside itself.</summary>
    internal uint Repeated { get; set; }

    /// <summary>How long before it the first of those was, ns.</summary>
    internal ulong RepeatedNs { get; set; }

    /// <summary>The acting process.</summary>
    internal ProcessKey Key => new(_task.Pid, _task.StartNs);

    /// <summary>Its parent now, which is not always who spawned it.</summary>
    internal ProcessKey ParentKey => new(_task.ParentPid, _task.ParentStartNs);

    /// <summary>Becomes another record of its kind.</summary>
    internal void Begin(in EdgeHeader header, in EdgeTask task)
    {
        (_header, _task) = (header, task);
        (Repeated, RepeatedNs) = (0, 0);
    }
}

internal sealed record KernelExec : KernelEvent
{
    internal EdgeFile File { get; set; }

    internal string Path { get; set; } = "";

    internal string Asked { get; set; } = "";

    internal string Interpreter { get; set; } = "";

    internal string CurrentDirectory { get; set; } = "";

    /// <summary>A list of its own for each record: the process table keeps it.</summary>
    internal IReadOnlyList<string> Arguments { get; set; } = [];

    internal bool ArgumentsTruncated { get; set; }
}

internal sealed record KernelFork : KernelEvent
{
    internal ProcessKey Child { get; set; }
}

internal sealed record KernelExit : KernelEvent
{
    internal int ExitCode { get; set; }
}

internal sealed record KernelFileOpen : KernelEvent
{
    internal EdgeFile File { get; set; }

    internal string Path { get; set; } = "";

    internal string Asked { get; set; } = "";

    internal uint OpenFlags { get; set; }
}

internal sealed record KernelCall : KernelEvent
{
    internal EdgeFile File { get; set; }

    internal CallKind Call { get; set; }

    /// <summary>At least 0, or an errno, negative.</summary>
    internal int Result { get; set; }

    internal CallArguments Arguments { get; set; }

    /// <summary>As asked; where <see cref="File"/> has an inode, its resolved path.</summary>
    internal string Name { get; set; } = "";

    /// <summary>What a name without a leading '/' is relative to.</summary>
    internal string Folder { get; set; } = "";

    internal string OtherName { get; set; } = "";

    internal string OtherFolder { get; set; } = "";
}

internal sealed record KernelNetwork : KernelEvent
{
    internal IPAddress Address { get; set; } = IPAddress.None;

    internal ushort Port { get; set; }

    internal byte Protocol { get; set; }
}
