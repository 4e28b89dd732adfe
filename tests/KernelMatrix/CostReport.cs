using System.Globalization;

namespace KernelMatrix;

/// <summary>Compares what the probes cost with what they cost when that was last looked at and kept.</summary>
internal static class CostReport
{
    /// <summary>Of the same kernel the numbers repeat; what differs is a change of the probes.</summary>
    internal const double Tolerance = 0.03;

    /// <summary>Another release of the kernel has other instructions, too.</summary>
    internal const double ToleranceOfOtherRelease = 0.10;

    /// <summary>Instructions below which a difference is none.</summary>
    internal const double Slack = 3;

    /// <summary>Writes a table; true when all is as it was, or better by no more than the tolerance.</summary>
    internal static bool Write(IReadOnlyList<Cost> measured, IReadOnlyList<Cost> kept, TextWriter output)
    {
        var isRight = true;
        output.WriteLine("── instructions added (open with close of an unwatched file; getppid)");
        foreach (var cost in measured)
        {
            var before = kept.FirstOrDefault(old => old.Kernel == cost.Kernel && old.Set == cost.Set);
            var fault = cost.Refusal.Length > 0 ? cost.Refusal
                : before is null ? "not among the kept numbers"
                : Differs(cost.Open, before.Open, cost, before) ? Words("open", before.Open)
                : Differs(cost.Getppid, before.Getppid, cost, before) ? Words("getppid", before.Getppid)
                : "";
            output.WriteLine($"   {cost}{(fault.Length > 0 ? $"  WRONG: {fault}" : "")}");
            isRight &= fault.Length == 0;
        }

        foreach (var missing in kept.Where(old => measured.Any(cost => cost.Kernel == old.Kernel) && !measured.Any(cost => cost.Kernel == old.Kernel && cost.Set == old.Set)))
        {
            output.WriteLine($"   {missing}  WRONG: not measured");
            isRight = false;
        }

        return isRight;
    }

    private static bool Differs(double now, double before, Cost cost, Cost old) =>
        Math.Abs(now - before) > Math.Max(Slack, before * (cost.Release == old.Release ? Tolerance : ToleranceOfOtherRelease));

    private static string Words(string call, double before) => string.Create(CultureInfo.InvariantCulture,
        $"{call} was {before:F0}; look why, then keep the new numbers with MATRIX_KEEP=1");
}
