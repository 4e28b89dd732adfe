namespace EdgeAgent.Probes;

/// <summary>The place of BPF programs among the kernel's security modules.</summary>
internal static class BpfModule
{
    private const string Bpf = "bpf";

    /// <summary>Before, the kernel leaves out programs there, too, for whoever runs while another task stands in the middle of one.</summary>
    private static readonly Version FirstThatLeavesNoneOut = new(6, 2);

    /// <summary>Modules that do not look at opens, so that it does not matter where they stand. One that is not known may deny.</summary>
    private static readonly HashSet<string> Blind = ["capability", "lockdown", "yama", "loadpin", "safesetid", "integrity", "ipe", "ima", "evm"];

    /// <summary>Whether an open that a BPF program is asked about is one that no other module denies, and the kernel asks about each.</summary>
    /// <param name="modules">The active ones in the order in which they are asked, divided by commas; empty = not known.</param>
    /// <param name="kernel">The kernel's version.</param>
    internal static bool SpeaksLast(string modules, Version kernel) =>
        LeavesNoneOut(kernel) && modules.Split(',').LastOrDefault(module => !Blind.Contains(module)) == Bpf;

    /// <summary>Whether the kernel leaves out none of the programs there, whatever it has interrupted.</summary>
    /// <param name="kernel">The kernel's version.</param>
    internal static bool LeavesNoneOut(Version kernel) => kernel >= FirstThatLeavesNoneOut;
}
