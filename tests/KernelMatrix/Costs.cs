namespace KernelMatrix;

/// <summary>The command that compares, or keeps, what the probes cost.</summary>
internal static class Costs
{
    internal static int Run(string folder, string table, IReadOnlyList<string> kernels)
    {
        var lines = File.ReadAllLines(table);
        var kept = lines.Select(Cost.Parse).OfType<Cost>().ToList();
        var measured = new List<Cost>();
        var isRight = true;
        foreach (var kernel in kernels)
        {
            var log = Path.Combine(folder, $"costs-{kernel}.log");
            var costs = File.Exists(log) ? GuestLog.ReadCosts(kernel, File.ReadLines(log)) : [];
            measured.AddRange(costs);
            if (costs.Count == 0)
            {
                var reason = Path.Combine(folder, $"costs-{kernel}.reason");
                Console.WriteLine(File.Exists(reason) ? $"   {kernel} not counted: {File.ReadAllText(reason).Trim()}" : $"   {kernel} WRONG: the guest did not come to its end");
                isRight &= File.Exists(reason);
            }
        }

        if (Environment.GetEnvironmentVariable("MATRIX_KEEP") == "1")
        {
            kept = [.. kept.Where(old => !measured.Any(cost => cost.Kernel == old.Kernel)), .. measured.Where(cost => cost.Refusal.Length == 0)];
            File.WriteAllLines(table, [.. lines.Where(line => line.StartsWith('#')), .. kept.Select(cost => cost.ToString())]);
        }

        return CostReport.Write(measured, kept, Console.Out) && isRight ? 0 : 1;
    }
}
