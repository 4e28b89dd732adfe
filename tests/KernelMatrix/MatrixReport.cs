using System.Globalization;

namespace KernelMatrix;

/// <summary>The results for people at a console.</summary>
internal static class MatrixReport
{
    /// <summary>Writes a table for each boot; true when nothing in it is wrong.</summary>
    internal static bool Write(IEnumerable<Boot> boots, TextWriter output)
    {
        var isRight = true;
        foreach (var boot in boots)
        {
            output.WriteLine($"── {boot.Name}{(boot.Release.Length > 0 ? $" ({boot.Release}; lsm {boot.SecurityModules})" : "")}");
            if (boot.Fault.Length > 0)
            {
                output.WriteLine($"   {(boot.IsAbsent ? "not tested" : "WRONG")}: {boot.Fault}");
                isRight &= boot.IsAbsent;
            }

            foreach (var signal in boot.Runs.GroupBy(run => run.Signal))
            {
                isRight &= Write(boot, [.. signal], output);
            }
        }

        return isRight;
    }

    /// <summary>The backend that an agent uses there: the first that loads and reports anything.</summary>
    internal static BackendRun? ChosenOf(IEnumerable<BackendRun> runs) =>
        runs.FirstOrDefault(run => run.Loads && run.Scenarios.Any(scenario => scenario.Events.Count > 0));

    private static bool Write(Boot boot, IReadOnlyList<BackendRun> runs, TextWriter output)
    {
        var chosen = ChosenOf(runs);
        var isRight = true;
        foreach (var run in runs)
        {
            var verdicts = run.Scenarios.Select(scenario => EventComparison.Judge(boot, run, scenario)).ToList();
            var right = verdicts.Count(verdict => verdict.Outcome == Outcome.Right);
            output.WriteLine($"   {run.Signal,-10} {run.Backend,-11} {(run == chosen ? "chosen" : run.Loads ? "works" : "refused"),-8} "
                + (run.Loads ? string.Create(CultureInfo.InvariantCulture, $"{right} of {verdicts.Count} right; {run.Steps:N0} steps of the verifier") : (KnownGaps.MayRefuse(boot, run) ? "" : "WRONG ") + run.Refusal));
            isRight &= run.Loads || KnownGaps.MayRefuse(boot, run);
            foreach (var gap in verdicts.Where(verdict => verdict.Outcome == Outcome.KnownGap).GroupBy(verdict => verdict.Words))
            {
                output.WriteLine($"{"",33}not seen: {string.Join(", ", gap.Select(verdict => verdict.Scenario))} ({gap.Key})");
            }

            foreach (var verdict in verdicts.Where(verdict => verdict.Outcome == Outcome.Wrong))
            {
                output.WriteLine($"{"",33}WRONG {verdict.Scenario}: {verdict.Words}");
                isRight = false;
            }
        }

        return isRight;
    }
}
