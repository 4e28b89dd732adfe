using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Cost;
using Benchmarks.Detection;
using Benchmarks.Function;
using Benchmarks.Recordings;

if (args is ["sizes"])
{
    Console.Write(SizeReport.Make());
    return 0;
}

if (args is ["keep", var job, var from, var to])
{
    new RecordingKeeper(uint.Parse(job, CultureInfo.InvariantCulture)).Keep(from, to);
    return 0;
}

if (args is ["packing"])
{
    Console.Write(PackingReport.Make());
    return 0;
}

if (args is ["bytes", var name])
{
    Console.Write(ByteReport.Make(name));
    return 0;
}

if (args is ["function", "batches", var folder, var hosts, var eventsPerFrame, var events])
{
    FunctionBatches.Write(
        folder, int.Parse(hosts, CultureInfo.InvariantCulture), int.Parse(eventsPerFrame, CultureInfo.InvariantCulture), int.Parse(events, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["function", "head"])
{
    Console.Write(FunctionRun.Head + "\n" + ColdStart.Head);
    return 0;
}

if (args is ["function", "cold", var function, var program, var firstBatches, var rules, var runs])
{
    Console.Write(await ColdStart.MakeAsync(function, program, firstBatches, rules, int.Parse(runs, CultureInfo.InvariantCulture)));
    return 0;
}

if (args is ["function", "run", var batches, .. var packs])
{
    Console.Write(await FunctionRun.MakeAsync(batches, packs));
    return 0;
}

if (args is ["cost", var fleet, var each, var minutes, var contents])
{
    Console.Write(await CostReport.MakeAsync(
        int.Parse(fleet, CultureInfo.InvariantCulture), double.Parse(each, CultureInfo.InvariantCulture), int.Parse(minutes, CultureInfo.InvariantCulture), contents));
    return 0;
}

if (args is ["state"])
{
    Console.Write(StateReport.Make());
    return 0;
}

// On a busy machine the build of the generated project takes longer than the two minutes it is given by default.
// Ten measured iterations of half a second each: all of them together take about a quarter of an hour.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10))
    .AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(10).AsDefault());
var summaries = BenchmarkSwitcher.FromAssembly(typeof(FrameBenchmarks).Assembly).Run(args, config).ToList();
return summaries.Count > 0 && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
