using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LocalPipeline.DeployCheck;

namespace LocalPipeline.Commands;

/// <summary><c>pipeline deploy-check [TEMPLATE]</c>: what a synthesised template creates, which rights it gives, what it costs a month.</summary>
internal static class DeployCheckCommand
{
    private const int MostHosts = 1_000_000;
    private const decimal MostEvents = 10_000;

    internal static Command Create()
    {
        var template = new Argument<string?>("template")
        {
            Description = "the template (.template.json); without it the one below artifacts/cdk.out that 'make synth' wrote",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var hosts = new Option<int>("--hosts") { Description = "hosts that the cost is told for", DefaultValueFactory = _ => 10, CustomParser = Hosts };
        var events = new Option<decimal>("--events") { Description = "events that leave each host, a second", DefaultValueFactory = _ => 1, CustomParser = Events };
        var command = new Command("deploy-check", "what a synthesised template creates, which rights it gives, and what it costs a month") { template, hosts, events };
        command.SetAction(parsed =>
        {
            var path = TemplateFile.Find(parsed.GetValue(template));
            using var file = StandardFiles.OpenFile(path, "TEMPLATE", "a synthesised template; 'make synth' writes one");
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            DeployReport.Write(
                StackTemplate.Read(bytes.ToArray(), path), new Fleet(parsed.GetValue(hosts), parsed.GetValue(events)), Console.Out);
        });
        return command;
    }

    private static int Hosts(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MostHosts)
        {
            return value;
        }

        result.AddError($"--hosts takes 0 to {MostHosts}");
        return 0;
    }

    private static decimal Events(ArgumentResult result)
    {
        if (decimal.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= MostEvents)
        {
            return value;
        }

        result.AddError($"--events takes 0 to {MostEvents}, such as 0.5");
        return 0;
    }
}
