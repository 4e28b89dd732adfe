using System.CommandLine;
using System.Threading.Channels;
using EdgeAgent.Delivery;
using LocalPipeline.Recording;
using LocalPipeline.Stream;
using Wire.Codec;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline replay FILE</c>: the same rules on the same events give the same alerts. Needs no root and no probes.</summary>
internal static class ReplayCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "recording to play; without it the one that comes with the pipeline",
            DefaultValueFactory = _ => SharedOptions.SampleRecording,
        };
        var rules = SharedOptions.Rules();
        var events = new Option<bool>("--show-events") { Description = "also show watched files, commands and external traffic" };
        var command = new Command("replay", "evaluate a recording") { file, rules, events };
        command.SetAction(parsed => PlayAsync(
            parsed.GetValue(file)!, FunctionSide.Create(parsed.GetValue(rules)!, Console.Out, Console.Error), parsed.GetValue(events)));
        return command;
    }

    /// <summary>Plays a recording through stream and function as fast as they take it.</summary>
    internal static async Task<int> PlayAsync(string file, FunctionSide function, bool showEvents)
    {
        using var input = File.OpenRead(file);
        var damaged = false;
        var frames = RecordingReader.Read(input, text =>
        {
            damaged = true;
            PipelineCommand.Report(text);
        });
        var functionRun = Task.Run(() => function.Stream.RunAsync(CancellationToken.None));
        foreach (var bytes in frames)
        {
            var isFrame = FrameDecoder.TryDecode(bytes, out var frame, out _);
            if (isFrame && showEvents)
            {
                foreach (var line in frame!.Events.Select(ConsoleSink.LineOf).Where(line => line is not null))
                {
                    Console.WriteLine(line);
                }
            }

            // What is not a frame goes in as well: the function's quarantine is part of what is played.
            try
            {
                await function.Stream.PutAsync(isFrame ? frame!.Host.HostId : "", bytes, CancellationToken.None);
            }
            catch (ChannelClosedException)
            {
                // The function failed: waiting for it below gives its own exception.
                break;
            }
        }

        function.Stream.Close();
        await functionRun;
        var totals = function.Stream.Totals;
        PipelineCommand.Report($"{totals.Records} frames, {totals.Events} events ({totals.Duplicates} duplicates, {totals.LostOnHost} lost on the host), "
            + $"{totals.Undecodable} records in quarantine, {totals.Incidents} incidents");
        return damaged || totals.Undecodable > 0 ? PipelineCommand.Failed : PipelineCommand.Done;
    }
}
