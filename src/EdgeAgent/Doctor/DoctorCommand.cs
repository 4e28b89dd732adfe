using System.CommandLine;
using EdgeAgent.Options;

namespace EdgeAgent.Doctor;

/// <summary><c>doctor</c>: says what this host supports, which probes the agent uses here, and why not others. Exit code 0 when it can run.</summary>
internal static class DoctorCommand
{
    /// <param name="report">Takes what is wrong with the configuration.</param>
    internal static Command Create(Action<string> report)
    {
        var config = new Option<string?>("--config") { Description = "JSON file with options of the agent" };
        var json = new Option<bool>("--json") { Description = "print one JSON object" };
        var command = new Command("doctor", "say what this host supports, which probes are used here, and why (needs root to try them)") { config, json };
        command.SetAction(parsed => Run(parsed.GetValue(config), parsed.GetValue(json), report));
        return command;
    }

    private static int Run(string? config, bool asJson, Action<string> report)
    {
        var options = OptionsReader.Read(config, AgentCommand.EnvironmentVariables(), [], out var faults);
        if (faults.Count > 0)
        {
            faults.ToList().ForEach(fault => report(fault.ToString()));
            return AgentCommand.BadConfiguration;
        }

        var host = HostReport.Make(options);
        using var output = Console.OpenStandardOutput();
        if (asJson)
        {
            HostReportJson.Write(host, output);
            output.WriteByte((byte)'\n');
        }
        else
        {
            using var text = new StreamWriter(output);
            HostReportText.Write(host, text);
        }

        return host.IsFit ? AgentCommand.Done : AgentCommand.Failed;
    }
}
