using System.Text;

namespace KernelMatrix;

/// <summary>The part of docs/evasions.md that is made from the results. The same results give the same bytes.</summary>
internal static class EvasionsDocument
{
    internal const string Begin = "<!-- made by `make matrix`: begin -->";
    internal const string End = "<!-- made by `make matrix`: end -->";

    private const string Header = """
        # Ways to open, run and connect, and what the probes see of them

        Each line is done by the trigger program (`tests/Kernel.Tests/native`) on each kernel, and every field of the event is compared with what
        the trigger knows to be true.


        """;

    private const string NoOwner = "-no-owner";

    private static readonly (string Scenario, string Words)[] Rows =
    [
        ("open_plain", "`openat`"),
        ("open_relative", "relative name with `..`"),
        ("open_openat2", "`openat2`"),
        ("open_creat", "`creat` of a file that is there"),
        ("open_creates", "`creat` that makes the watched file"),
        ("open_by_handle", "`open_by_handle_at`: no name at all"),
        ("open_in_new_folder", "in a folder made a moment ago, two below a watched one"),
        ("open_in_moved_folder", "in a folder moved there a moment ago"),
        ("open_opath", "`O_PATH`"),
        ("open_symlink", "through a symbolic link"),
        ("open_hardlink", "through a hard link"),
        ("open_deleted", "deleted file, through `/proc/self/fd`"),
        ("open_int80", "32-bit call of a 64-bit process"),
        ("open_refused", "refused by file mode: no event"),
        ("uring_open", "io_uring `OPENAT`"),
        ("uring_openat2", "io_uring `OPENAT2`"),
        ("uring_async", "io_uring, in a worker thread"),
        ("uring_polled", "io_uring, polled: no system call"),
        ("uring_direct", "io_uring, into a registered slot: no descriptor"),
        ("uring_direct_any", "io_uring, into any free slot"),
        ("uring_linked", "io_uring, on the way out of another call"),
        ("open_contended", "in the middle of another one's open on the same CPU, 2000 times"),
        ("fork_exit", "exec, fork, exit"),
        ("exit_threads", "all threads end at once: one exit"),
        ("exit_noted", "exit of a thread whose change was noted and not told: nothing is kept"),
        ("call_open_refused", "open of a watched file that its mode refuses"),
        ("call_rename", "rename over a watched name"),
        ("call_link", "hard link of a watched file"),
        ("call_symlink", "symbolic link to a watched file"),
        ("call_unlink", "watched name removed"),
        ("uring_rename", "rename over a watched name through io_uring"),
        ("uring_link", "hard link of a watched file through io_uring"),
        ("uring_symlink", "symbolic link to a watched file through io_uring"),
        ("uring_unlink", "watched name removed through io_uring"),
        ("uring_raw_socket", "raw socket through io_uring"),
        ("call_chmod", "mode of a watched file changed, by name"),
        ("call_fchmod", "the same, by descriptor"),
        ("held_rename", "watched file renamed, its name overwritten while the call waits"),
        ("held_link", "the same with a hard link"),
        ("held_symlink", "the same with the text of a symbolic link"),
        ("held_unlink", "the same with a removal"),
        ("held_rmdir", "the same with the removal of a watched folder"),
        ("held_truncate", "the same with `truncate`"),
        ("held_chmod", "the same with `chmod`"),
        ("held_chown", "the same with `chown`"),
        ("held_traced_rename", "the same with `rename` by a process whose tracer changes the result's register before"),
        ("held_traced_unlink", "the same with a removal"),
        ("held_other", "another file removed, its name overwritten with a watched one: no event"),
        ("call_after_note", "a file that is not watched removed by a thread of whose earlier change a note is left: no event"),
        ("call_memfd_create", "file in memory"),
        ("call_unshare", "new namespace"),
        ("call_ptrace", "attaching to another process"),
        ("call_raw_socket", "raw socket"),
        ("call_filtered", "new namespace, answered by a filter of seccomp in place of the kernel"),
        ("call_every", "every call that is told, once, by a user who may nearly none of it"),
        ("call_every32", "the same by 32-bit calls"),
        ("call_raw_int80", "raw socket by the 32-bit call"),
        ("connect4", "TCP connect, IPv4"),
        ("connect4_udp", "UDP connect"),
        ("connect4_excluded", "excluded network: no event"),
        ("connect6", "TCP connect, IPv6"),
        ("connect6_mapped", "IPv4 address in an IPv6 socket"),
        ("sendto4", "`sendto`, IPv4"),
        ("sendto6", "`sendto`, IPv6"),
        ("sendto6_mapped", "`sendto`, IPv4 address in an IPv6 socket"),
        ("sendmmsg4", "`sendmmsg`: both datagrams"),
    ];

    /// <summary>The document with its part replaced; a new one where there is none.</summary>
    internal static string Update(string? document, IReadOnlyList<Boot> boots)
    {
        var part = Begin + "\n" + Part(boots) + End;
        var begin = document?.IndexOf(Begin, StringComparison.Ordinal) ?? -1;
        var end = document?.IndexOf(End, StringComparison.Ordinal) ?? -1;
        return begin >= 0 && end > begin
            ? document![..begin] + part + document[(end + End.Length)..]
            : (document is null ? Header : document.TrimEnd('\n') + "\n\n") + part + "\n";
    }

    private static string Part(IReadOnlyList<Boot> boots)
    {
        var text = new StringBuilder();
        var ran = boots.Where(boot => boot.Runs.Any(run => run.Loads)).ToList();
        text.AppendLine("✓ reported once and every field true (or rightly not reported), – not seen for a reason given below, ✗ wrong. Of two marks the first is")
            .AppendLine("the kernel's own check of opens or of changes (`lsm`, `fexit`, `fentry`), the second the tracepoints at the return of system calls, whichever way they hang")
            .AppendLine("there.").AppendLine();
        text.AppendLine($"| | {string.Join(" | ", ran.Select(Column))} |");
        text.AppendLine($"|---|{string.Concat(Enumerable.Repeat("---|", ran.Count))}");
        foreach (var (scenario, words) in Rows)
        {
            text.AppendLine($"| {words} | {string.Join(" | ", ran.Select(boot => Cell(boot, scenario)))} |");
        }

        text.AppendLine();
        foreach (var gap in ran.SelectMany(Verdicts).Where(v => v.Verdict.Outcome == Outcome.KnownGap).Select(v => v.Verdict.Words).Distinct().Order(StringComparer.Ordinal))
        {
            text.AppendLine($"- –: {gap}.");
        }

        text.AppendLine().AppendLine("| boot | kernel | file-open | process | calls | network |").AppendLine("|---|---|---|---|---|---|");
        foreach (var boot in boots)
        {
            text.AppendLine(boot.Runs.Count == 0
                ? $"| {boot.Name} | | not tested: {boot.Fault} | | | |"
                : $"| {boot.Name} | {boot.Release} | {string.Join(" | ", boot.Runs.GroupBy(run => run.Signal).Select(Use))} |");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Column(Boot boot) =>
        boot.Name.StartsWith($"{boot.Kernel}", StringComparison.Ordinal) ? boot.Name : $"{boot.Kernel} ({boot.Name})";

    /// <summary>What is used for a signal, or why nothing is.</summary>
    private static string Use(IGrouping<string, BackendRun> runs) =>
        MatrixReport.ChosenOf(runs)?.Backend ?? $"lost: {string.Join("; ", runs.Select(run => run.Loads ? "silent" : run.Refusal).Distinct())}";

    private static string Cell(Boot boot, string scenario) => string.Join(' ', boot.Runs
        .Where(run => run.Loads && run.Scenarios.Any(s => s.Name == scenario) && !IsSubstitute(boot, run))
        .GroupBy(run => run.Backend is "lsm" or "fexit" || KnownGaps.IsCheckOfChanges(run))
        .OrderByDescending(group => group.Key)
        .Select(group => string.Join('/', group.Select(run => Mark(boot, run, scenario)).Distinct())));

    /// <summary>Whether another one that loads has all its programs and more.</summary>
    private static bool IsSubstitute(Boot boot, BackendRun run) =>
        run.Backend.EndsWith(NoOwner, StringComparison.Ordinal) && boot.Runs.Any(other => other.Loads && other.Signal == run.Signal && other.Backend + NoOwner == run.Backend);

    private static string Mark(Boot boot, BackendRun run, string scenario) =>
        EventComparison.Judge(boot, run, run.Scenarios.First(s => s.Name == scenario)).Outcome switch
        {
            Outcome.Right => "✓",
            Outcome.KnownGap => "–",
            _ => "✗",
        };

    private static IEnumerable<(BackendRun Run, Verdict Verdict)> Verdicts(Boot boot) =>
        boot.Runs.SelectMany(run => run.Scenarios.Select(scenario => (run, EventComparison.Judge(boot, run, scenario))));
}
