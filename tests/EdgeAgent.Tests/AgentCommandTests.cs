using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Spool;
using Support;
using Support.Processes;

namespace EdgeAgent.Tests;

/// <summary>The real executable.</summary>
public sealed class AgentCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Agent = Path.Combine(AppContext.BaseDirectory, "edge-agent");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bad_configuration_ends_with_78_and_every_fault_on_a_line_of_its_own()
    {
        var file = _folder.File("agent.json", """{ "sinks": ["kinesis"], "nope": 1 }""");
        var (code, output) = await RunAsync(["--config", file, "--metadata", "perhaps"], new() { ["EDGE_AGENT_HOST_ID"] = new string('x', 129) });
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.Equal(
            [
                $"edge-agent: {file}: nope: no such option; edge-agent --help lists them",
                "edge-agent: environment: EDGE_AGENT_HOST_ID: write 1 to 128 characters",
                "edge-agent: command line: --metadata: 'perhaps' is not one of auto, on, off",
                $"edge-agent: {file}: kinesis.streamName: the kinesis sink needs it: write the name of the stream",
            ],
            output.Split('\n'));
    }

    [Fact]
    public async Task Unknown_option_on_the_command_line_ends_with_78()
    {
        var (code, output) = await RunAsync(["--sink", "console"]);
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.Contains("'--sink'", output, StringComparison.Ordinal);
        Assert.Contains("edge-agent --help lists the options", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_option_hides_no_other_fault()
    {
        var file = _folder.File("agent.json", """{ "nope": 1 }""");
        var (code, output) = await RunAsync(["--config", file, "--sink", "console"], new() { ["EDGE_AGENT_METADATA"] = "perhaps" });
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.Contains("'--sink'", output, StringComparison.Ordinal);
        Assert.Contains($"{file}: nope: no such option", output, StringComparison.Ordinal);
        Assert.Contains("EDGE_AGENT_METADATA: 'perhaps' is not one of", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_file_that_cannot_be_written_ends_with_78_and_names_the_key()
    {
        var (code, output) = await RunAsync(["--sinks", "jsonl", "--jsonl-path", _folder["no/such/folder"]]);
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.StartsWith($"edge-agent: jsonl.path: {_folder["no/such/folder"]} cannot be written: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_whose_spool_another_one_uses_ends_with_78_before_it_loads_its_probes()
    {
        using var other = SpoolLock.Take(_folder["spool"]);
        var (code, output) = await RunAsync(
            ["--sinks", "kinesis", "--kinesis-stream-name", "s", "--kinesis-region", "eu-west-1", "--spool-path", _folder["spool"]]);
        Assert.Equal(AgentCommand.BadConfiguration, code);
        Assert.Equal(
            $"edge-agent: spool.path: another agent (process {Environment.ProcessId}) uses {_folder["spool"]}; end it, or give this one a folder of its own",
            output);
    }

    [Fact]
    public async Task Help_names_every_option_with_its_key_and_variable()
    {
        var (code, output) = await RunAsync(["--help"]);
        Assert.Equal(AgentCommand.Done, code);
        var words = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(EdgeAgent.Options.OptionTable.All, o =>
        {
            Assert.Contains(o.CommandLineName, words, StringComparison.Ordinal);
            Assert.Contains($"[{o.Key}, {o.EnvironmentName}]", words, StringComparison.Ordinal);
        });
    }

    [RootFact]
    public async Task Agent_reports_a_watched_file_and_ends_with_0_on_SIGINT_and_SIGTERM()
    {
        foreach (var signal in (string[])["INT", "TERM"])
        {
            var watched = _folder.File($"watched {signal}");

            // Whoever runs the tests in the background of a shell hands down that SIGINT is ignored.
            await using var agent = ChildProcess.Start(
                "env", ["--default-signal=INT", Agent, "--sinks", "console", "--metadata", "off", "--watch-more-files", watched, "--host-id", "test-host"]);
            await agent.WaitForLineAsync("edge-agent: ready: host test-host, boot ", Patience);
            using var cat = Process.Start("cat", [watched]);
            await cat.WaitForExitAsync();
            var line = await agent.WaitForLineAsync(string.Create(CultureInfo.InvariantCulture, $"🚨 SENSITIVE: PID={cat.Id} UID=0 USER=root COMM="), Patience);
            Assert.EndsWith($" OP=open FILE={watched}", line, StringComparison.Ordinal);
            using var kill = Process.Start("kill", [$"-{signal}", $"{agent.Id}"]);
            await agent.Exited.WaitAsync(Patience);
            Assert.Equal(AgentCommand.Done, agent.ExitCode);
            Assert.Contains("edge-agent: stopped: ", agent.Output, StringComparison.Ordinal);
        }
    }

    [RootFact]
    public async Task Standard_output_that_nobody_reads_keeps_the_agent_neither_from_telling_nor_from_ending()
    {
        // The shell keeps the pipe open and never reads it.
        var watched = _folder.File("watched");
        await using var agent = ChildProcess.Start("bash", ["-c", """
            mkfifo "$0"; exec 3<> "$0"; "$@" >&3 & echo "agent $!"; wait $!; echo "ended $?"
            """, _folder["pipe"], Agent, "--sinks", "jsonl", "--metadata", "off", "--watch-more-files", watched, "--host-id", "test-host"]);
        var id = (await agent.WaitForLineAsync("agent ", Patience))[6..];
        await agent.WaitForLineAsync("edge-agent: ready: ", Patience);
        for (var i = 0; i < 300; i++)
        {
            using var reader = Process.Start("cat", [watched]);
            await reader.WaitForExitAsync();
        }

        using var kill = Process.Start("kill", ["-TERM", id]);
        await agent.WaitForLineAsync("edge-agent: stopped: ", TimeSpan.FromSeconds(20));
        await agent.WaitForLineAsync("ended 1", TimeSpan.FromSeconds(20));
    }

    private static async Task<(int Code, string Output)> RunAsync(string[] arguments, Dictionary<string, string?>? environment = null)
    {
        await using var agent = ChildProcess.Start(Agent, arguments, environment);
        await agent.Exited.WaitAsync(Patience);
        return (agent.ExitCode, agent.Output);
    }
}
