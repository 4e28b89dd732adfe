using System.Diagnostics;
using Fuzz;
using Fuzz.Targets;
using Support;

// Inputs are made by mutation, without feedback from coverage: the drivers that give it (afl-fuzz, libFuzzer) are programs from
// elsewhere, which a fresh machine lacks; SharpFuzz is only the bridge to them.
var options = FuzzOptions.Read(args, Repository.File("artifacts/fuzz"));
var targets = AllTargets.Make().Where(target => options.Target is null || target.Name == options.Target).ToArray();
if (targets.Length == 0)
{
    Console.Error.WriteLine($"no target {options.Target}; known: {string.Join(' ', AllTargets.Make().Select(target => target.Name))}");
    return 2;
}

using var run = new FuzzRun(FuzzLimits.Usual, Console.Out, options.Folder, () => Environment.Exit(1));
if (options.Input is not null)
{
    run.Run(targets[0], File.ReadAllBytes(options.Input), options.Input);
    return Replayed();
}

if (options.Case is { } number)
{
    run.RunCase(targets[0], options.Seed, number);
    return Replayed();
}

Console.WriteLine($"FUZZ_SEED={options.Seed}, {options.Seconds} s; if the process dies, its input or its number is in {options.Folder}/TARGET-running");
var findings = 0;
foreach (var target in targets)
{
    using var own = new FuzzRun(FuzzLimits.Usual, Console.Out, options.Folder, () => Environment.Exit(1));
    var until = Stopwatch.GetTimestamp() + (long)(options.Seconds / targets.Length * Stopwatch.Frequency);
    var cases = 0;
    for (; cases < (options.Cases ?? target.LeastCases) || Stopwatch.GetTimestamp() < until; cases++)
    {
        own.RunCase(target, options.Seed, cases);
    }

    Console.WriteLine(
        $"{target.Name,-16} {cases,9} cases, {own.Findings} findings; at most {own.Most.Bytes >> 10,7} KiB, {own.Most.Time.TotalMilliseconds,5:f0} ms ({own.Most.Case})");
    findings += own.Findings;
}

Console.WriteLine($"{findings} findings");
return findings == 0 ? 0 : 1;

int Replayed()
{
    Console.WriteLine($"{run.Most.Time.TotalMilliseconds:f0} ms, {run.Most.Bytes >> 10} KiB");
    return run.Findings == 0 ? 0 : 1;
}
