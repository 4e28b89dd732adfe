using System.CommandLine;
using EdgeAgent.Delivery;
using LocalPipeline.Rules;
using LocalPipeline.Stream;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline up</c>: the real thing on this machine until Ctrl-C, or a recording instead of the probes.</summary>
internal static class UpCommand
{
    internal static Command Create()
    {
        var rules = SharedOptions.Rules();
        var config = SharedOptions.Config();
        var replay = new Option<string?>("--replay")
        {
            Description = "play a recording instead of watching this machine; without a file the one that comes with the pipeline",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var state = new Option<string?>("--state")
        {
            Description = "folder that keeps what is remembered over a restart: correlations go on, and no alert comes twice; without it each run begins anew",
        };
        var tuning = new Option<string?>("--tuning")
        {
            Description = "file with exceptions, levels, maintenance windows and rates (docs/tuning.md); without it every incident is shown by itself",
        };
        var command = new Command("up", "watch this machine and show events and alerts until Ctrl-C (needs root)") { rules, config, state, tuning, replay };
        command.SetAction(async parsed =>
        {
            if (parsed.GetResult(replay) is not null)
            {
                CommandLineCheck.Refuse(parsed, "a recording (--replay)", "--rules", config, state, tuning);
            }

            using var function = FunctionSide.Create(parsed.GetValue(rules)!, Console.Out, Console.Error, parsed.GetValue(state), SharedOptions.ReadTuning(parsed.GetValue(tuning)));
            if (parsed.GetResult(replay) is not null)
            {
                return await ReplayCommand.PlayAsync(parsed.GetValue(replay) ?? SharedOptions.SampleRecording, "--replay", function, showEvents: true);
            }

            var options = SharedOptions.ReadAgentOptions(parsed.GetValue(config), parsed.GetValue(rules)!);
            function.WarnOfDeadRules(new WatchLists(options), Console.Error);
            using var signals = new StopSignals();
            var run = new LocalRun(options, [new ConsoleSink(Console.Out)], function, PipelineCommand.Report);
            var done = await run.RunAsync(
                host => PipelineCommand.Report($"up on {SafeText.Escape(host.HostName)}; Ctrl-C ends"), signals.Token);
            PipelineCommand.Report($"{done.Seen} events came from the kernel, {done.LostInKernel} were lost there, {function.Stream.Totals.Events} were evaluated "
                + "(what the options leave out is not), "
                + $"{function.Stream.Totals.Incidents} incidents");
            return done.AllDelivered ? PipelineCommand.Done : PipelineCommand.Failed;
        });
        return command;
    }
}
