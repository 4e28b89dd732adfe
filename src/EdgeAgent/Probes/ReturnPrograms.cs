using System.Runtime.InteropServices;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>enum edge_return: what a program at the return of system calls shows.</summary>
[Flags]
internal enum EdgeReturn : uint
{
    None = 0,
    Opens = 1 << 0,
    Calls = 1 << 1,
}

/// <summary>struct edge_returns: the same by program, for the kernel, before anything is loaded. Mirror of <c>bpf/include/edge_return.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EdgeReturns
{
    public EdgeReturn OnReturn;
    public EdgeReturn OnReturnRaw;
    public EdgeReturn OnReturnTrace;
    public EdgeReturn OnCallReturn;

    /// <summary>Bits of the kinds of calls of which the kernel's own check tells.</summary>
    public uint Noted;

    /// <summary>The map that holds it.</summary>
    internal const string Map = ".rodata.returns";

    /// <summary>How the programs begin that note what the kernel's check of a change sees.</summary>
    private const string Notes = "on_change_";

    private static readonly (string Program, CallKind Call)[] Changes =
    [
        ("rename", CallKind.Rename), ("link", CallKind.Link), ("symlink", CallKind.Symlink), ("unlink", CallKind.Unlink),
        ("truncate", CallKind.Truncate), ("chmod", CallKind.Chmod), ("chown", CallKind.Chown),
    ];

    /// <summary>Whether a program is one of those.</summary>
    internal static bool IsNoting(string program) => program.StartsWith(Notes, StringComparison.Ordinal);

    /// <summary>What the programs are wanted for by these backends.</summary>
    internal static EdgeReturns Of(IReadOnlyCollection<Backend> backends)
    {
        EdgeReturn Of(string program) => backends
            .Where(backend => backend.Programs.Contains(program))
            .Aggregate(EdgeReturn.None, (all, backend) => all | backend.Signal switch
            {
                Signal.FileOpen => EdgeReturn.Opens,
                Signal.Calls => EdgeReturn.Calls,
                _ => EdgeReturn.None,
            });

        return new EdgeReturns
        {
            OnReturn = Of("on_return"), OnReturnRaw = Of("on_return_raw"), OnReturnTrace = Of("on_return_trace"),
            OnCallReturn = Of(CallFunctions.Usual),
            Noted = NotedBy(backends.SelectMany(backend => backend.Programs)),
        };
    }

    private static uint NotedBy(IEnumerable<string> programs) => programs
        .Where(IsNoting)
        .Select(program => program[Notes.Length..].Split('_')[0])
        .SelectMany(change => Changes.Where(known => known.Program == change))
        .Aggregate(0U, (bits, known) => bits | (1U << (int)known.Call));
}
