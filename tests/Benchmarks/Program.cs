using BenchmarkDotNet.Running;
using Benchmarks;

if (args is ["sizes"])
{
    Console.Write(SizeReport.Make());
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
