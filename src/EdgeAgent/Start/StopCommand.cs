using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;

namespace EdgeAgent.Start;

/// <summary><c>stop</c>: ends the agent that has the pins; with <c>--detach</c> also its probes. Exit code 0 when it is so.</summary>
internal static class StopCommand
{
    /// <summary>Longest time that an agent takes to end, which ships what it has for some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="report">Takes what was done, and what is wrong.</param>
    internal static Command Create(Action<string> report)
    {
        var config = new Option<string?>("--config") { Description = "JSON file with options of the agent" };
        var pins = new Option<string?>("--pins") { Description = "folder of its pins, if it was given on the agent's command line", HelpName = "path" };
        var detach = new Option<bool>("--detach") { Description = "also detach its probes and free all that it keeps in the kernel" };
        var command = new Command("stop", "end the agent that keeps its probes pinned; without --detach they go on collecting for the next one") { config, pins, detach };
        command.SetAction(parsed => Run(parsed.GetValue(config), parsed.GetValue(pins), parsed.GetValue(detach), report));
        return command;
    }

    private static int Run(string? config, string? pins, bool detach, Action<string> report)
    {
        var options = OptionsReader.Read(
            config, AgentCommand.EnvironmentVariables(),
            pins is null ? [] : [(OptionTable.Find("pins")!, new OptionValue("command line", "--pins", [pins], Environment.CurrentDirectory))], out var faults);
        if (faults.Count > 0)
        {
            faults.ToList().ForEach(fault => report(fault.ToString()));
            return AgentCommand.BadConfiguration;
        }

        if (options.PinFolder is not { } path)
        {
            report("stop: the agent keeps nothing in the kernel (pins is off): end it as it was started, nothing of it stays");
            return AgentCommand.BadConfiguration;
        }

        try
        {
            return End(path, report) && (!detach || Detach(path, report)) ? AgentCommand.Done : AgentCommand.Failed;
        }
        catch (Exception e) when (e is ProbeException or LibBpfException or IOException or UnauthorizedAccessException)
        {
            report($"stop: {e.Message}");
            return AgentCommand.Failed;
        }
    }

    private static bool End(string path, Action<string> report)
    {
        if (!PinFolder.IsInUse(path))
        {
            report($"stop: no agent runs with {path}");
            return true;
        }

        // While one starts, the newest folder tells of the agent before it, whose id may be another's by now. Whose lock it is has the folder open.
        var agent = PinFolder.StartsIn(path) is [.., var folder] ? PinnedProbes.AgentOf(folder) ?? 0 : 0;
        using var process = agent > 0 ? HeldProcess.Open(agent) : null;
        if (process?.HasOpen(path) != true)
        {
            report($"stop: an agent is starting or ending with {path}; try again");
            return false;
        }

        if (!process.Send(LibC.SIGTERM))
        {
            report($"stop: process {agent} cannot be ended: {Marshal.GetLastPInvokeErrorMessage()}");
            return false;
        }

        for (var waited = Stopwatch.StartNew(); PinFolder.IsInUse(path); Thread.Sleep(20))
        {
            if (waited.Elapsed > Patience)
            {
                report($"stop: process {agent} did not end within {Patience.TotalSeconds} s");
                return false;
            }
        }

        report($"stop: process {agent} has ended");
        return true;
    }

    private static bool Detach(string path, Action<string> report)
    {
        if (!Directory.Exists(path))
        {
            report("stop: nothing is pinned");
            return true;
        }

        using var folder = PinFolder.Open(path);
        folder.Remove();
        report($"stop: the probes are detached, {path} is gone");
        return true;
    }
}
