using EdgeAgent.Enrichment;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>This process. Its id alone does not tell it from one that had or gets that id when it is gone.</summary>
internal static class OwnProcess
{
    /// <summary>Process id in the initial pid namespace.</summary>
    internal static uint Id { get; } = (uint)Environment.ProcessId;

    /// <summary>
    /// When it was started, in <see cref="ProcFiles.NsPerTick"/> since boot; the same after it has executed itself anew. 0 = not known, as in a time namespace, where
    /// /proc tells another time than the kernel's own.
    /// </summary>
    internal static ulong StartTick { get; } = IsTimeShifted("/proc/self/timens_offsets") ? 0 : ProcFiles.StartTick("/proc/self") ?? 0;

    /// <summary>Whether that is this process.</summary>
    internal static bool Is(ProcessKey key) => key.Pid == Id && (StartTick == 0 || key.StartNs / ProcFiles.NsPerTick == StartTick);

    /// <summary>time_namespaces(7): a line for each clock, with seconds and nanoseconds.</summary>
    internal static bool IsTimeShifted(string offsets) =>
        File.Exists(offsets) && File.ReadLines(offsets).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words is ["boottime", not "0", _] or ["boottime", _, not "0"]);
}
