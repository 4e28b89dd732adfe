using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Detection;

if (args is ["sizes"])
{
    Console.Write(SizeReport.Make());
    return;
}

if (args is ["state"])
{
    Console.Write(StateReport.Make());
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
