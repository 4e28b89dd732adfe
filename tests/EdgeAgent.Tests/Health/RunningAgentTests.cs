using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Delivery;
using EdgeAgent.Health;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Tests.Fakes;
using Support;
using Support.Processes;
using Wire.Model;

namespace EdgeAgent.Tests.Health;

/// <summary>A real agent with real probes says how it is.</summary>
public sealed class RunningAgentTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Agent = Path.Combine(AppContext.BaseDirectory, "edge-agent");
    private static readonly AgentOptions Options = new()
    {
        Metadata = MetadataMode.Off, HostId = "test", HighRingBytes = 1 << 16, BulkRingBytes = 1 << 20, WatchRescan = TimeSpan.FromMilliseconds(200),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly FakeServiceManager _systemd = new();

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [RootFact]
    public async Task First_heartbeat_leaves_when_the_probes_were_tested_and_tells_all_of_it()
    {
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));
        var options = Options with { WatchFiles = [_folder.File("watched")] };
        using var stop = new CancellationTokenSource();
        var running = new AgentPipeline(options, [sink], _ => { }).RunAsync(_ => { }, stop.Token);
        Heartbeat? beat = null;
        for (var waiting = Stopwatch.StartNew(); beat is null; await Task.Delay(50))
        {
            Assert.True(waiting.Elapsed < Patience && !running.IsCompleted);
            beat = sink.Asked.Select(b => b.Decode()).Select(f => f.Heartbeat).FirstOrDefault(b => b is not null);
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal((HealthSource.Version, PinState.Off, OptionHashes.Of(options).Config), (beat.AgentVersion, beat.Pins, beat.ConfigHash));
        Assert.Equal(Enum.GetValues<Signal>().Select(Backend.TextOf), beat.Signals.Select(s => s.Signal));
        Assert.All(beat.Signals.Where(s => s.Backend.Length > 0), s => Assert.Equal((HookTrust.Proven, true), (s.Trust, s.TestedBootNs > 0)));
        Assert.Equal(("fake", ""), (Assert.Single(beat.Sinks).Name, beat.Sinks[0].Trouble));
        Assert.Equal(2, beat.Totals.LostInKernel.Count);
        Assert.True(beat.Totals.Events > 0);
    }

    [RootFact]
    public async Task Watchdog_is_fed_while_the_intake_turns_and_not_while_it_hangs()
    {
        var watchdog = TimeSpan.FromMilliseconds(400);
        using var hang = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isAsked = false;

        // Options that are read anew are put into force by the intake thread, which reports it: a report that blocks hangs the intake.
        var reload = new OptionsReload(() => (Options with { Remarks = isAsked ? ["hang"] : [] }, []), _ => { });
        using var service = ServiceManager.Find(_systemd.Environment(watchdog), TimeProvider.System, _ => { })!;
        var pipeline = new AgentPipeline(Options, [new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered))], Report, reload) { Service = service };
        var running = pipeline.RunAsync(_ => { }, stop.Token);
        _systemd.TakeUntil("READY=1", Patience);
        Assert.Equal(3, Enumerable.Range(0, 3).Count(_ => _systemd.TakeUntil("WATCHDOG=1", Patience).Count > 0));

        isAsked = true;
        reload.Ask();
        await hung.Task.WaitAsync(Patience);
        var told = _systemd.Take();
        Assert.Contains(told, text => text.StartsWith("RELOADING=1\n", StringComparison.Ordinal));
        await Task.Delay(5 * watchdog);
        Assert.Empty(_systemd.Take());
        Assert.InRange(pipeline.Health.Read().IntakeIdleMs, (ulong)(4 * watchdog.TotalMilliseconds), ulong.MaxValue);

        hang.Set();
        Assert.Contains(_systemd.TakeUntil("READY=1", Patience), text => text == "WATCHDOG=1");
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Contains(_systemd.Take(), text => text.StartsWith("STOPPING=1\n", StringComparison.Ordinal));

        void Report(string text)
        {
            if (text == "hang")
            {
                hung.TrySetResult();
                hang.Wait(Patience);
            }
        }
    }

    [RootFact]
    public async Task Options_that_somebody_asks_for_do_not_wait_for_the_next_look_at_the_files()
    {
        var options = Options with { WatchRescan = TimeSpan.FromHours(1) };
        using var stop = new CancellationTokenSource();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reload = new OptionsReload(() => (options with { Remarks = ["taken"] }, []), _ => { });
        using var service = ServiceManager.Find(_systemd.Environment(TimeSpan.FromMinutes(1)), TimeProvider.System, _ => { })!;
        var pipeline = new AgentPipeline(options, [new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered))], Report, reload) { Service = service };
        var running = pipeline.RunAsync(_ => { }, stop.Token);
        _systemd.TakeUntil("READY=1", Patience);

        for (var i = 0; i < 2; i++)
        {
            reload.Ask();
            await taken.Task.WaitAsync(Patience);
            _systemd.TakeUntil("READY=1", Patience);
            taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await stop.CancelAsync();
        await running.WaitAsync(Patience);

        void Report(string text)
        {
            if (text == "taken")
            {
                taken.TrySetResult();
            }
        }
    }

    [RootFact]
    public async Task Agent_under_a_service_manager_is_the_same_process_from_ready_to_the_end_and_can_be_asked()
    {
        var socket = _folder["run/health.sock"];
        var watched = _folder.File("watched");
        await using var agent = ChildProcess.Start(
            "bash", ["-c", """export WATCHDOG_PID=$$; exec "$0" "$@" """, Agent, "--sinks", "jsonl", "--metadata", "off", "--watch-more-files", watched, "--host-id", "test-host", "--health-socket", socket,
                // What others do on this machine is not to decide how it ends.
                "--forward-lifecycle", "false", "--forward-exec", "watched", "--network-exclude", "203.0.113.0/24"],
            new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = _systemd.Address, ["WATCHDOG_USEC"] = "2000000" });
        var told = _systemd.TakeUntil("READY=1", Patience);
        Assert.StartsWith("READY=1\nSTATUS=healthy: ", told[^1], StringComparison.Ordinal);
        Assert.Contains("WATCHDOG=1", told);

        var (code, output) = await StatusAsync("--health-socket", socket);
        Assert.Equal(StatusCommand.Healthy, code);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $", process {agent.Id}, up "), output, StringComparison.Ordinal);
        Assert.Contains("host          test-host, boot ", output, StringComparison.Ordinal);
        Assert.Matches("\nfile-open +[a-z_]+ +passed [0-9]+ s ago\n", output);

        await SignalAsync("HUP", agent);
        Assert.Contains(_systemd.TakeUntil("READY=1", Patience), text => text.StartsWith("RELOADING=1\nMONOTONIC_USEC=", StringComparison.Ordinal));
        await SignalAsync("TERM", agent);
        _systemd.TakeUntil("STOPPING=1", Patience);
        await agent.Exited.WaitAsync(Patience);
        Assert.Equal(AgentCommand.Done, agent.ExitCode);
        Assert.Equal(StatusCommand.NoAnswer, (await StatusAsync("--health-socket", socket)).Code);
        Assert.False(Path.Exists(socket));
    }

    private static async Task SignalAsync(string signal, ChildProcess agent)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{agent.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task<(int Code, string Output)> StatusAsync(params string[] arguments)
    {
        await using var agent = ChildProcess.Start(Agent, ["status", .. arguments]);
        await agent.Exited.WaitAsync(Patience);
        return (agent.ExitCode, agent.Output);
    }
}
