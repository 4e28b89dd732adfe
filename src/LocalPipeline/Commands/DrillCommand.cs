using System.CommandLine;
using LocalPipeline.Drill;
using LocalPipeline.Stream;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline drill</c>: five harmless things that intruders do, and which alerts came back, how fast.</summary>
internal static class DrillCommand
{
    internal static Command Create()
    {
        var deployed = new Option<bool>("--deployed")
        {
            Description = "only do them: the agent that watches this machine belongs to a deployed stack, whose alerts go to people",
        };
        var command = new Command("drill", "do five harmless things that intruders do and tell which alerts came back (needs root)") { deployed };
        command.SetAction(async parsed => parsed.GetValue(deployed) ? await OnlyDoAsync() : await PlayAsync());
        return command;
    }

    private static async Task<int> OnlyDoAsync()
    {
        var marker = DrillScript.NewMarker();
        var complaints = await DrillScript.RunAsync(marker, deed => Console.Out.WriteLine($"drill: {deed.Began:HH:mm:ss.fff}Z {deed.Text} (rule {deed.RuleId})"));
        if (complaints.Length > 0)
        {
            PipelineCommand.Report(complaints);
            return PipelineCommand.Failed;
        }

        Console.Out.WriteLine($"drill: five alerts with {marker} in their text should come by mail and chat; in the function's log group:");
        Console.Out.WriteLine($"drill:   fields @timestamp, @message | filter @message like /alert-published/ | sort @timestamp desc");
        return PipelineCommand.Done;
    }

    private static async Task<int> PlayAsync()
    {
        using var function = FunctionSide.Create([SharedOptions.DefaultRules], TextWriter.Null, Console.Error);
        var drill = new DrillRun(function.Publisher, Console.Out);
        using var signals = new StopSignals();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var ready = new TaskCompletionSource();
        var running = new LocalRun(SharedOptions.ReadAgentOptions(config: null), [], function, PipelineCommand.Report).RunAsync(_ => ready.TrySetResult(), end.Token);
        try
        {
            // The first of both: a machine without probes never becomes ready.
            await await Task.WhenAny(ready.Task, running);
            return await drill.PlayAsync(DrillScript.NewMarker(), signals.Token) ? PipelineCommand.Done : PipelineCommand.Failed;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            PipelineCommand.Report("drill: interrupted; what it made is removed");
            return PipelineCommand.Failed;
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }
}
