using System.CommandLine;
using System.Threading.Channels;
using EdgeAgent.Delivery;
using LocalPipeline.Recording;
using LocalPipeline.Replay;
using LocalPipeline.Rules;
using LocalPipeline.Stream;
using Wire.Codec;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline replay</c>: the same rules on the same events give the same alerts. Needs no root and no probes.</summary>
internal static class ReplayCommand
{
    internal static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Description = "recording to play; without it, and without --events, the one that comes with the pipeline",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var rules = SharedOptions.Rules();
        var showEvents = new Option<bool>("--show-events") { Description = "also show watched files, commands and external traffic" };
        var events = new Option<string?>("--events") { Description = "instead of a recording: plain field events, one JSON object a line; - = standard input" };
        var matches = new Option<string>("--matches")
        {
            Description = "with --events: file for a JSON line per incident; - = standard output",
            DefaultValueFactory = _ => "-",
        };
        var everyFiring = new Option<bool>("--no-suppress") { Description = "with --events: a line per firing instead of per incident" };
        var command = new Command("replay", "evaluate a recording, or a log of field events") { file, rules, showEvents, events, matches, everyFiring };
        command.SetAction(async parsed =>
        {
            var paths = parsed.GetValue(rules)!;
            if (parsed.GetValue(events) is not { } log)
            {
                CommandLineCheck.Refuse(parsed, "a recording", "FILE, --rules, --show-events; or --events FILE", matches, everyFiring);
                using var function = FunctionSide.Create(paths, Console.Out, Console.Error);
                return await PlayAsync(parsed.GetValue(file) ?? SharedOptions.SampleRecording, "FILE", function, parsed.GetValue(showEvents));
            }

            CommandLineCheck.Refuse(parsed, "field events (--events)", "--rules, --matches, --no-suppress; or a recording instead of --events", file, showEvents);
            var set = RuleSet.Load(paths, "--rules");
            using var input = StandardFiles.OpenRead(log, "--events", "a file of one JSON object a line, or - for standard input");
            using var output = StandardFiles.OpenWrite(parsed.GetValue(matches)!, "--matches");
            new FieldReplay(set, parsed.GetValue(everyFiring), Console.Error).Run(input, log, output);
            return PipelineCommand.Done;
        });
        return command;
    }

    /// <summary>Plays a recording through stream and function as fast as they take it.</summary>
    internal static async Task<int> PlayAsync(string file, string argument, FunctionSide function, bool showEvents)
    {
        using var input = StandardFiles.OpenFile(file, argument, "a recording, as pipeline record makes it, or nothing for the one that comes with the pipeline");
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
