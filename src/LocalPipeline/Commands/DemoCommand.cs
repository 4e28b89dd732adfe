using System.CommandLine;
using EdgeAgent.Delivery;
using LocalPipeline.Demo;
using LocalPipeline.Stream;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline demo</c>: plays a harmless intrusion on this machine and shows how it comes out as an alert.</summary>
internal static class DemoCommand
{
    internal static Command Create()
    {
        var command = new Command("demo", "play a harmless scenario with a throw-away user and show the alert (needs root)");
        command.SetAction(async _ =>
        {
            using var function = FunctionSide.Create([SharedOptions.DefaultRules], Console.Out, Console.Error);
            var witness = new DemoWitness();
            var options = SharedOptions.ReadAgentOptions(config: null);
            using var signals = new StopSignals();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
            var ready = new TaskCompletionSource();
            var run = new LocalRun(options, [new ConsoleSink(Console.Out), witness], function, PipelineCommand.Report);
            var running = run.RunAsync(_ => ready.TrySetResult(), end.Token);
            try
            {
                // The first of both: a machine without probes never becomes ready.
                await await Task.WhenAny(ready.Task, running);
                return await new DemoScenario(function.Publisher, witness, PipelineCommand.Report).PlayAsync(signals.Token)
                    ? PipelineCommand.Done
                    : PipelineCommand.Failed;
            }
            catch (DemoException e)
            {
                PipelineCommand.Report(e.Message);
                return PipelineCommand.Failed;
            }
            catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
            {
                PipelineCommand.Report("demo: interrupted; the throw-away user and its permission are removed");
                return PipelineCommand.Failed;
            }
            finally
            {
                await end.CancelAsync();
                await running;
            }
        });
        return command;
    }
}
