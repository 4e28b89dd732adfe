using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>The real agent as a process, and everything that leaves it.</summary>
public sealed class AgentProcess : IAsyncDisposable
{
    /// <summary>The agent promises 2 s for the flush; the rest is the machine's.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TailPause = TimeSpan.FromMilliseconds(10);
    private readonly Process _process;
    private readonly Task _tail;

    private readonly string _healthSocket;

    private AgentProcess(ProcessStartInfo start, string jsonLines, string healthSocket)
    {
        _healthSocket = healthSocket;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(Lines, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(Messages, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _tail = Task.Run(() => TailAsync(jsonLines));
    }

    public int Pid => _process.Id;

    /// <summary>The console sink: standard output.</summary>
    public Feed<string> Lines { get; } = new("console");

    /// <summary>The jsonl sink's file.</summary>
    public Feed<AgentEvent> Events { get; } = new("jsonl");

    /// <summary>Standard error.</summary>
    public Feed<string> Messages { get; } = new("messages");

    /// <summary>Starts an agent and waits until it is ready.</summary>
    /// <param name="folder">Takes its configuration and its jsonl file.</param>
    /// <param name="options">Options by key, beside those that every test needs.</param>
    /// <param name="wrapper">A program with arguments that becomes the agent; null = none but <c>env</c>.</param>
    /// <param name="executable">The agent; null = the one that was built.</param>
    public static async Task<AgentProcess> StartAsync(
        ScratchFolder folder, JsonObject? options = null, IReadOnlyList<string>? wrapper = null, string? executable = null)
    {
        var name = $"agent-{Guid.NewGuid():N}";
        var healthSocket = folder.Under($"{name}.sock");
        var config = new JsonObject
        {
            ["hostId"] = "kernel-tests", ["metadata"] = "off", ["watch.rescanSeconds"] = 1, ["batch.flushMilliseconds"] = 50,
            ["health.socket"] = healthSocket,
        };
        foreach (var (key, value) in options ?? [])
        {
            config[key] = value?.DeepClone();
        }

        var configFile = folder.Write($"{name}.json", config.ToJsonString());
        var jsonLines = folder.Under($"{name}.jsonl");

        // Whoever runs the tests in the background of a shell hands down that SIGINT is ignored.
        string[] line =
        [
            "env", "--default-signal=INT", .. wrapper ?? [], executable ?? KernelRequirements.AgentExecutable, "--config", configFile, "--sinks", "console,jsonl", "--jsonl-path", jsonLines,
        ];
        var agent = new AgentProcess(
            new ProcessStartInfo(line[0], line[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            },
            jsonLines,
            healthSocket);
        try
        {
            await agent.Messages.WaitForAsync(m => m.StartsWith("edge-agent: ready:", StringComparison.Ordinal), "ready line");
        }
        catch (TimeoutException)
        {
            await agent.DisposeAsync();
            throw;
        }

        return agent;
    }

    /// <summary>The first event that fits.</summary>
    public Task<AgentEvent> WaitForEventAsync(Func<AgentEvent, bool> fits, string what) => Events.WaitForAsync(fits, what);

    /// <summary>The first event of that kind by that process.</summary>
    public Task<AgentEvent> WaitForEventAsync(string kind, int pid) =>
        Events.WaitForAsync(e => e.Kind == kind && e.ProcessId == pid, $"{kind} of process {pid}");

    /// <summary>The first console line that holds all these texts.</summary>
    public Task<string> WaitForLineAsync(params string[] texts) =>
        Lines.WaitForAsync(l => texts.All(t => l.Contains(t, StringComparison.Ordinal)), $"line with {string.Join(" and ", texts)}");

    /// <summary>What <c>edge-agent status</c> says of it, for people.</summary>
    public Task<Command> StatusAsync() => Command.RunAsync(KernelRequirements.AgentExecutable, "status", "--health-socket", _healthSocket);

    /// <summary>Stops it by a signal and reads the rest of what it wrote.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task<int> StopAsync(int signal = Signals.Terminate)
    {
        Signals.Send(Pid, signal);
        return await EndedAsync();
    }

    /// <summary>Waits for an end that somebody else asked for, and reads the rest of what it wrote.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task<int> EndedAsync()
    {
        using var late = new CancellationTokenSource(StopPatience);
        await _process.WaitForExitAsync(late.Token);
        await _tail;
        return _process.ExitCode;
    }

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _tail;
        _process.Dispose();
    }

    private static void Keep(Feed<string> feed, string? line)
    {
        if (line is null)
        {
            feed.End("the agent ended");
        }
        else
        {
            feed.Add(line);
        }
    }

    /// <summary>Reads the file as it grows; the last look comes after the agent's end.</summary>
    private async Task TailAsync(string path)
    {
        var buffer = new byte[1 << 20];
        long position = 0;
        for (var ended = false; !ended;)
        {
            ended = _process.HasExited;
            await Task.Delay(TailPause);
            if (!File.Exists(path))
            {
                continue;
            }

            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            for (var whole = 1; whole > 0; position += whole)
            {
                file.Position = position;
                var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
                whole = buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
                AddLines(buffer.AsSpan(0, whole));
            }
        }

        Events.End("the agent ended");
    }

    private void AddLines(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range] is { IsEmpty: false } line)
            {
                Events.Add(AgentEvent.Parse(Encoding.UTF8.GetString(line)));
            }
        }
    }
}
