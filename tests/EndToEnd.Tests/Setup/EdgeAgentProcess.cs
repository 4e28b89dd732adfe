using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Support.Processes;
using Support.Servers;

namespace EndToEnd.Tests.Setup;

/// <summary>The agent as a process of its own, with its real probes. Killed when disposed of.</summary>
internal sealed partial class EdgeAgentProcess : IAsyncDisposable
{
    private const int Sigterm = 15;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;
    private readonly ChildProcess _watchdog;
    private readonly TemporaryFolder _spool;

    // The watchdog's standard input ends with the test host, however that ends; nobody else would stop the agent then.
    private EdgeAgentProcess(ChildProcess process, TemporaryFolder spool)
    {
        (_process, _spool) = (process, spool);
        _watchdog = ChildProcess.Start("sh", ["-c", $"read line; kill -TERM {process.Id}"]);
    }

    /// <summary>What it wrote to standard error.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it and waits until its probes are attached.</summary>
    /// <param name="kinesis">Where its stream is.</param>
    /// <param name="stream">The stream, which need not exist.</param>
    /// <param name="hostId">The id of the host.</param>
    /// <param name="options">More options of its command line.</param>
    public static async Task<EdgeAgentProcess> StartAsync(
        KinesaliteServer kinesis, string stream, string hostId, params IReadOnlyList<string> options)
    {
        var spool = new TemporaryFolder();
        var process = ChildProcess.Start(
            Programs.EdgeAgent,
            [
                "--sinks", "kinesis", "--kinesis-stream-name", stream, "--kinesis-endpoint", kinesis.Endpoint.ToString(),
                "--kinesis-region", DummyAws.Region, "--host-id", hostId, "--metadata", "off",
                "--spool-path", Path.Combine(spool.Path, "spool"),

                // The throw-away users' permissions come and go in /etc/sudoers.d: an alert of its own, rightly.
                "--watch-folders", "/etc/cron.d", .. options,
            ],
            DummyAws.ProcessEnvironment);
        var agent = new EdgeAgentProcess(process, spool);
        try
        {
            await process.WaitForLineAsync("edge-agent: ready: ", Longest);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line of its output that begins so; what it wrote before counts.</summary>
    public Task<string> WaitForLineAsync(string beginning) => _process.WaitForLineAsync(beginning, Longest);

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code, and how long the end took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        await _watchdog.KillAsync();
        if (kill(_process.Id, Sigterm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        await _process.Exited.WaitAsync(Longest);
        return (_process.ExitCode, clock.Elapsed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watchdog.DisposeAsync();
        await _process.DisposeAsync();
        _spool.Dispose();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
