using System.Text;

namespace EdgeAgent.Probes;

/// <summary>Programs that together show one signal.</summary>
/// <param name="Signal">What they show.</param>
/// <param name="Name">The kind of hook, for messages.</param>
/// <param name="Programs">Their names in the object.</param>
internal sealed record Backend(Signal Signal, string Name, IReadOnlyList<string> Programs)
{
    private const string Table = "backends.txt";
    private const char Preempting = '+';
    private const char PreemptingAnyPlace = '*';
    private const char NotPreempting = '-';
    private static readonly char[] Marks = [Preempting, PreemptingAnyPlace, NotPreempting];

    /// <summary>Those of bpf/backends.txt that are for this kernel, with what it needs of them; those of one signal in the order in which they are tried.</summary>
    internal static IReadOnlyList<Backend> All { get; } = AllWith(
        KernelPreemption.IsOn, BpfModule.SpeaksLast(HostSupport.SecurityModules(), Environment.OSVersion.Version),
        BpfModule.LeavesNoneOut(Environment.OSVersion.Version));

    /// <summary>Those of every kernel, by name only: for what is said about hosts in general. Of one that has programs for either kind of kernel, those of one.</summary>
    internal static IReadOnlyList<Backend> OfAnyKernel { get; } = Parse(preemption: true, _ => true);

    /// <summary>The same for a kernel that preempts tasks in the kernel, or does not.</summary>
    /// <param name="preemption">Whether it does.</param>
    /// <param name="isBpfLast"><see cref="BpfModule.SpeaksLast"/>.</param>
    /// <param name="leavesNoneOut"><see cref="BpfModule.LeavesNoneOut"/>.</param>
    internal static IReadOnlyList<Backend> AllWith(bool preemption, bool isBpfLast, bool leavesNoneOut) => Parse(preemption, mark => mark switch
    {
        Preempting => preemption && isBpfLast,
        PreemptingAnyPlace => preemption && leavesNoneOut,
        NotPreempting => !preemption,
        _ => true,
    });

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

    /// <summary>Whether this one is avoided with another: it is that one, be it for another kind of kernel or with fewer programs, or has all of its programs.</summary>
    internal bool Needs(Backend other) => FullName == other.FullName || FullName.StartsWith(other.FullName + '-', StringComparison.Ordinal) || (Signal == other.Signal && other.Programs.All(Programs.Contains));

    private static List<Backend> Parse(bool preemption, Func<char, bool> isFor) => [.. Encoding.UTF8.GetString(BpfArtifact.Resource(Table)!)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => isFor(words[1][0]))
        .Select(words => new Backend(Enum.GetValues<Signal>().Single(signal => TextOf(signal) == words[0]), words[1].TrimStart(Marks),
            [.. words[2..].Where(word => word[0] != (preemption ? NotPreempting : Preempting)).Select(word => word.TrimStart(Marks))]))];
}
