using System.Runtime.InteropServices;

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

    /// <summary>The map that holds it.</summary>
    internal const string Map = ".rodata.returns";

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

        return new EdgeReturns { OnReturn = Of("on_return"), OnReturnRaw = Of("on_return_raw"), OnReturnTrace = Of("on_return_trace") };
    }
}
