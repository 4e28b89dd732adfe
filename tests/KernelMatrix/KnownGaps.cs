namespace KernelMatrix;

/// <summary>What is known not to be seen, and why. Whatever else is not seen fails the matrix.</summary>
internal static class KnownGaps
{
    internal const string NoAccess = "O_PATH gives no access, so that the kernel's check is not asked; using the descriptor is";
    internal const string NoRequest = "before 6.0 the completion of a request does not name the request";

    internal const string NoFreeSlot = "before 5.19 io_uring does not choose a slot by itself: the request is refused";

    internal const string LeftOut =
        "the kernel takes the CPU from a program on a tracepoint and leaves the program out for who runs meanwhile";

    private static readonly Version LastWithoutPreemption = new(6, 18);
    private static readonly Version FirstWithRequest = new(6, 0);
    private static readonly Version FirstWithFreeSlot = new(5, 19);

    // Before, programs for fexit load on arm64 and cannot be attached.
    private static readonly Version FirstWithArmTrampolines = new(6, 4);

    /// <summary>Whether the kernel may refuse probes in this boot. Elsewhere a refusal is a fault of ours.</summary>
    internal static bool MayRefuse(Boot boot, BackendRun run) =>
        (boot.Lockdown.Contains("[confidentiality]", StringComparison.Ordinal) && run.Signal != "network")
        || (run.Backend == "fexit" && boot.Machine == "aarch64" && boot.Kernel < FirstWithArmTrampolines);

    /// <summary>Why the scenario is not reported there, or null when it must be.</summary>
    internal static string? ReasonOf(Boot boot, BackendRun run, string scenario) => (run.Signal, run.Backend, scenario) switch
    {
        (_, _, "uring_direct_any") when boot.Kernel < FirstWithFreeSlot => NoFreeSlot,
        ("file-open", "lsm" or "fexit", "open_opath") => NoAccess,
        ("file-open", "tp_btf" or "raw_tp", "open_contended") when boot.Kernel > LastWithoutPreemption => LeftOut,
        ("calls", _, _) when scenario.StartsWith("uring_", StringComparison.Ordinal) && boot.Kernel < FirstWithRequest => NoRequest,
        ("file-open", not ("lsm" or "fexit"), _) when scenario.StartsWith("uring_", StringComparison.Ordinal) && boot.Kernel < FirstWithRequest => NoRequest,
        _ => null,
    };
}
