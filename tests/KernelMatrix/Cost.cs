using System.Globalization;

namespace KernelMatrix;

/// <summary>What probes add to an open with its close, and to a call that concerns nothing of theirs.</summary>
/// <param name="Kernel">The kernel, as the matrix names it.</param>
/// <param name="Release">Its release.</param>
/// <param name="Set">Which probes, or what they are compared with.</param>
/// <param name="Refusal">Why the kernel does not take them; empty when it does.</param>
/// <param name="Open">Instructions of the guest.</param>
/// <param name="Getppid">Instructions of the guest.</param>
internal sealed record Cost(string Kernel, string Release, string Set, string Refusal, double Open, double Getppid)
{
    /// <summary>The line of the table that is kept.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kernel,-7} {Release,-30} {Set,-13} {Open,6:F0} {Getppid,8:F0}");

    /// <summary>What a line of the kept table says; null for a remark.</summary>
    internal static Cost? Parse(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var kernel, var release, var set, var open, var getppid] && kernel[0] != '#'
        ? new Cost(kernel, release, set, "", double.Parse(open, CultureInfo.InvariantCulture), double.Parse(getppid, CultureInfo.InvariantCulture))
        : null;
}
