namespace KernelMatrix;

/// <summary>What is known not to be seen, and why. Whatever else is not seen fails the matrix.</summary>
internal static class KnownGaps
{
    internal const string NoAccess = "O_PATH gives no access, so that the kernel's check is not asked; using the descriptor is";
    internal const string NoRequest = "before 6.0 the completion of a request does not name the request";

    internal const string NoFreeSlot = "before 5.19 io_uring does not choose a slot by itself: the request is refused";

    internal const string LeftOut =
        "the kernel takes the CPU from a program on a tracepoint and leaves the program out for who runs meanwhile";

    internal const string AlsoByName = "what the kernel's check says nothing of is told by its name, too, marked as unverified: better a false report than a hidden change";
    internal const string NameReadLate = "the name is read from the process's memory when the call returns, and says something else by then";

    private static readonly Version LastWithoutPreemption = new(6, 18);
    private static readonly Version FirstWithRequest = new(6, 0);
    private static readonly Version FirstWithFreeSlot = new(5, 19);

    // Before, no program is handed a struct by value, as the owner is.
    private static readonly Version FirstWithStructs = new(6, 1);

    // Before, programs for fexit load on arm64 and cannot be attached.
    private static readonly Version FirstWithArmTrampolines = new(6, 4);

    /// <summary>Whether the kernel may refuse probes in this boot. Elsewhere a refusal is a fault of ours.</summary>
    internal static bool MayRefuse(Boot boot, BackendRun run) =>
        (boot.Lockdown.Contains("[confidentiality]", StringComparison.Ordinal) && run.Signal != "network")
        || (IsTrampoline(run) && boot.Machine == "aarch64" && boot.Kernel < FirstWithArmTrampolines)
        || (run is { Signal: "calls", Backend: "fexit" or "fentry" } && boot.Kernel < FirstWithStructs);

    /// <summary>Whether changes of names and files are looked at where the kernel itself checks them.</summary>
    internal static bool IsCheckOfChanges(BackendRun run) => run.Signal == "calls" && (run.Backend == "lsm" || IsTrampoline(run));

    private static bool IsTrampoline(BackendRun run) => run.Backend.Split('-')[0] is "fexit" or "fentry";

    /// <summary>Why the scenario is not reported there, or null when it must be.</summary>
    internal static string? ReasonOf(Boot boot, BackendRun run, string scenario) => (run.Signal, run.Backend, scenario) switch
    {
        (_, _, "uring_direct_any") when boot.Kernel < FirstWithFreeSlot => NoFreeSlot,
        ("file-open", "lsm" or "fexit", "open_opath") => NoAccess,
        ("file-open", "tp_btf" or "raw_tp", "open_contended") when boot.Kernel > LastWithoutPreemption => LeftOut,
        ("calls", "tp_btf" or "raw_tp", _) when scenario.StartsWith("held_", StringComparison.Ordinal) => NameReadLate,
        ("calls", "fexit-no-owner" or "fentry-no-owner", "held_chown") => NameReadLate,
        ("calls", _, "held_other") => AlsoByName,
        ("calls", _, _) when scenario.StartsWith("uring_", StringComparison.Ordinal) && boot.Kernel < FirstWithRequest => NoRequest,
        ("file-open", not ("lsm" or "fexit"), _) when scenario.StartsWith("uring_", StringComparison.Ordinal) && boot.Kernel < FirstWithRequest => NoRequest,
        _ => null,
    };
}
