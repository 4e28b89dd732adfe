using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests;

public sealed class AgentPipelineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>More than many passes take: a pass that went on until the rings are empty would never ship that.</summary>
    private const int EnoughEvents = 100_000;

    private static readonly AgentOptions Options = new() { Metadata = MetadataMode.Off, HostId = "test", HighRingBytes = 1 << 16, BulkRingBytes = 1 << 20 };

    [RootFact]
    public async Task Frames_of_each_lane_join_and_the_end_ships_everything()
    {
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));
        var report = await RunAsync([sink], async stop =>
        {
            for (var i = 0; i < 20; i++)
            {
                await StartProgramAsync();
            }

            await stop.CancelAsync();
        });
        Assert.Equal((0L, 0L), (report.Undelivered, report.Unparsed));
        Assert.True(sink.Asked.Sum(b => b.Decode().Events.OfType<ExecEvent>().Count(e => e.Process.Comm == "true")) >= 20);
        foreach (var lane in sink.Asked.GroupBy(b => b.Lane))
        {
            Assert.All(lane.Zip(lane.Skip(1)), pair => Assert.Equal(pair.First.Range.Last + 1, pair.Second.Range.First));
        }
    }

    [RootFact]
    public async Task Sink_that_throws_ends_the_agent_with_its_exception()
    {
        var sink = new ScriptedSink((_, _) => throw new InvalidOperationException("a bug"));
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync([sink], _ => StartProgramAsync()));
        Assert.Equal("a bug", failed.Message);
    }

    [RootFact]
    public async Task Sink_that_blocks_does_not_keep_the_agent_from_ending()
    {
        using var never = new ManualResetEventSlim();
        try
        {
            var sink = new ScriptedSink((_, _) =>
            {
                never.Wait(CancellationToken.None);
                return Task.FromResult(ShipOutcome.Delivered);
            });
            var report = await RunAsync([sink], async stop =>
            {
                await StartProgramAsync();
                while (sink.Asked.Count == 0)
                {
                    await Task.Delay(10);
                }

                await stop.CancelAsync();
            });
            Assert.True(report.Undelivered > 0);
        }
        finally
        {
            never.Set();
            await Task.Delay(100);
        }
    }

    [RootFact]
    public async Task Every_frame_tells_the_progress_of_both_lanes_and_one_follows_the_last_event()
    {
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));
        using var folder = new TemporaryFolder();
        var watched = folder.File("watched", "x");
        await RunAsync([sink], async stop =>
        {
            await ReadAsync(watched);
            await UntilAsync(() => Frames(sink).Select(f => Open(f, watched)).FirstOrDefault(e => e is not null) is { } e
                && Frames(sink).Any(f => f.Progress.All(p => p.UntilBootNs >= e.BootNs + Some.Seconds(1))));
            await stop.CancelAsync();
        }, Options with { WatchFiles = [watched], ForwardExec = ForwardExec.Watched });
        var until = new Dictionary<Lane, ulong> { [Lane.High] = 0, [Lane.Bulk] = 0 };
        foreach (var frame in Frames(sink))
        {
            Assert.Equal([Lane.High, Lane.Bulk], frame.Progress.Select(p => p.Lane));
            Assert.All(frame.Progress, p => Assert.True(p.UntilBootNs >= until[p.Lane]));
            Assert.All(frame.Events.Where(e => e.Sequence > frame.Progress[(int)e.Lane].Last), e => Assert.True(e.BootNs >= until[e.Lane]));
            until = frame.Progress.ToDictionary(p => p.Lane, p => p.UntilBootNs);
        }
    }

    [CgroupFact]
    public async Task Event_in_a_container_names_it()
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));
        using var folder = new TemporaryFolder();
        var (inside, outside) = (folder.File("inside", "x"), folder.File("outside", "x"));
        using var cgroup = new ScratchCgroup($"docker-{id}.scope");
        await RunAsync([sink], async stop =>
        {
            await RunProgramAsync("sh", cgroup.Enter("cat", inside));
            await ReadAsync(outside);
            await UntilAsync(() => Frames(sink).Any(f => Open(f, outside) is not null));
            await stop.CancelAsync();
        }, Options with { WatchFiles = [inside, outside] });
        Assert.Equal(id, Frames(sink).Select(f => Open(f, inside)).First(e => e is not null)!.ContainerId);
        Assert.Equal("", Frames(sink).Select(f => Open(f, outside)).First(e => e is not null)!.ContainerId);
    }

    [RootFact]
    public async Task Flood_of_records_does_not_keep_the_agent_from_shipping_and_ending()
    {
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));

        // Nothing stays on the host, nothing is told as one event, and nothing is dropped there: so every number is an event or was lost in the kernel.
        var options = Options with { ExcludedNetworks = [], ForwardLifecycle = true, FloodAlikePerSecond = 0 };

        // Datagrams to a port of this host where nobody listens; loopback is not excluded here.
        using var enough = new CancellationTokenSource();
        var flooding = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => Flood(enough.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var report = await RunAsync([sink], async stop =>
        {
            // A busy machine may be slow, as long as it goes on.
            var still = Stopwatch.StartNew();
            for (var (before, shipped) = (0, 0); shipped < EnoughEvents && still.Elapsed < Patience; await Task.Delay(100))
            {
                shipped = sink.Asked.Sum(b => b.EventCount);
                if (shipped > before)
                {
                    before = shipped;
                    still.Restart();
                }
            }

            Assert.All(flooding, flood => Assert.False(flood.IsCompleted));
            await stop.CancelAsync();
        }, options);
        await enough.CancelAsync();
        await Task.WhenAll(flooding);
        Assert.True(sink.Asked.Sum(b => b.EventCount) >= EnoughEvents, $"{report}");
        Assert.Equal((0L, 0L), (report.Dropped, report.Unparsed));

        // What a busy machine does not ship in the time that the end allows is counted, but its frames are not here.
        Assert.InRange(LostInTheEnd(Frames(sink)), report.Undelivered > 0 ? 0 : report.LostInKernel, report.LostInKernel);
    }

    /// <summary>
    /// Numbers that were told as lost and did not come after all: a machine that takes the CPU from a probe for longer than the agent waits
    /// makes such late events.
    /// </summary>
    private static long LostInTheEnd(IEnumerable<Frame> frames)
    {
        var lost = 0L;
        var reached = new Dictionary<Lane, ulong>();
        foreach (var frame in frames)
        {
            if (frame.Range.First <= reached.GetValueOrDefault(frame.Lane))
            {
                lost -= frame.Events.Count;
                continue;
            }

            Assert.All(frame.Lost, l => Assert.Equal(LossCause.Kernel, l.Cause));
            lost += frame.Lost.Sum(l => (long)l.Range.Count);
            reached[frame.Lane] = frame.Range.Last;
        }

        return lost;
    }

    private static Task StartProgramAsync() => RunProgramAsync("true");

    private static Task ReadAsync(string file) => RunProgramAsync("cat", file);

    private static async Task RunProgramAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var waiting = Stopwatch.StartNew(); !done(); await Task.Delay(50))
        {
            Assert.True(waiting.Elapsed < Patience, "waited too long");
        }
    }

    private static IEnumerable<Frame> Frames(ScriptedSink sink) => sink.Asked.Select(b => b.Decode());

    private static FileOpenEvent? Open(Frame frame, string path) =>
        frame.Events.OfType<FileOpenEvent>().FirstOrDefault(e => e.Path == path);

    private static void Flood(CancellationToken enough)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var nobody = new IPEndPoint(IPAddress.Loopback, 9).Serialize();
        while (!enough.IsCancellationRequested)
        {
            socket.SendTo([], SocketFlags.None, nobody);
        }
    }

    private static async Task<AgentReport> RunAsync(
        IReadOnlyList<IRecordSink> sinks, Func<CancellationTokenSource, Task> whenReady, AgentOptions? options = null)
    {
        var reports = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var running = new AgentPipeline(options ?? Options, sinks, reports.Enqueue).RunAsync(_ => ready.TrySetResult(), stop.Token);
        await Task.WhenAny(ready.Task, running).WaitAsync(Patience);
        if (ready.Task.IsCompleted)
        {
            await whenReady(stop);
        }

        return await running.WaitAsync(Patience);
    }
}
