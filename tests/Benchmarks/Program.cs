using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Detection;

if (args is ["sizes"])
{
    Console.Write(SizeReport.Make());
    return 0;
}

if (args is ["state"])
{
    Console.Write(StateReport.Make());
    return 0;
}

// On a busy machine the build of the generated project takes longer than the two minutes it is given by default.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config).ToList();
return summaries.Count > 0 && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
