using System.Text;

namespace EdgeAgent.Probes;

/// <summary>Programs that together show one signal.</summary>
/// <param name="Signal">What they show.</param>
/// <param name="Name">The kind of hook, for messages.</param>
/// <param name="Programs">Their names in the object.</param>
internal sealed record Backend(Signal Signal, string Name, IReadOnlyList<string> Programs)
{
    private const string Table = "backends.txt";
    private const char Copy = '+';

    /// <summary>All of bpf/backends.txt, with what this kernel needs of them; those of one signal in the order in which they are tried.</summary>
    internal static IReadOnlyList<Backend> All { get; } = AllWith(KernelPreemption.IsOn);

    /// <summary>The same for a kernel that preempts tasks in the kernel, or does not.</summary>
    internal static IReadOnlyList<Backend> AllWith(bool preemption) => Parse(Encoding.UTF8.GetString(BpfArtifact.Resource(Table)!), preemption);

    /// <summary>Signal and name, as the configuration names it.</summary>
    internal string FullName => $"{TextOf(Signal)}.{Name}";

    /// <summary>The signal as it is written in the table and in messages.</summary>
    internal static string TextOf(Signal signal) => signal switch
    {
        Signal.FileOpen => "file-open",
        Signal.Process => "process",
        Signal.Calls => "calls",
        _ => "network",
    };

    private static List<Backend> Parse(string table, bool preemption) => [.. table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => new Backend(Enum.GetValues<Signal>().Single(signal => TextOf(signal) == words[0]), words[1],
            [.. words[2..].Where(word => preemption || word[0] != Copy).Select(word => word.TrimStart(Copy))]))];
}
