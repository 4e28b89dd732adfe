using System.CommandLine;
using EdgeAgent;
using LocalPipeline.Recording;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline record FILE</c>: keeps what this machine does, as frames, until Ctrl-C.</summary>
internal static class RecordCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "recording to write; an existing one is replaced" };
        var config = SharedOptions.Config();
        var command = new Command("record", "record the events of this machine until Ctrl-C (needs root)") { file, config };
        command.SetAction(async parsed =>
        {
            var options = SharedOptions.ReadAgentOptions(parsed.GetValue(config));
            using var signals = new StopSignals();
            using var sink = StandardFiles.OpenNew(() => new RecordingSink(parsed.GetValue(file)!), parsed.GetValue(file)!, "FILE");
            var done = await new AgentPipeline(options, [sink], PipelineCommand.Report).RunAsync(
                host => PipelineCommand.Report($"recording {SafeText.Escape(host.HostName)}; Ctrl-C ends"), signals.Token);
            PipelineCommand.Report($"{done.Sinks[0].Delivered} events recorded, {done.LostInKernel} lost");
            return done.AllDelivered ? PipelineCommand.Done : PipelineCommand.Failed;
        });
        return command;
    }
}
