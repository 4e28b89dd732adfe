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
    public async Task Flood_of_records_does_not_keep_the_agent_from_shipping_and_ending()
    {
        var sink = new ScriptedSink(ScriptedSink.Say(ShipOutcome.Delivered));
        var options = Options with { ExcludedNetworks = [], ForwardExec = ForwardExec.Watched, SpoolBytes = 4 << 20 };

        // Datagrams to a port of this host where nobody listens; loopback is not excluded here.
        using var enough = new CancellationTokenSource();
        var flooding = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () => Flood(enough.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        var report = await RunAsync([sink], async stop =>
        {
            var until = Stopwatch.StartNew();
            while (sink.Asked.Sum(b => b.EventCount) < 100_000 && until.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(100);
            }

            await stop.CancelAsync();
        }, options);
        await enough.CancelAsync();
        await Task.WhenAll(flooding);
        Assert.True(sink.Asked.Sum(b => b.EventCount) >= 100_000, $"{report}");
        var frames = sink.Asked.Select(b => b.Decode()).Where(f => f.Lane == Lane.Bulk).ToArray();
        Assert.Equal(report.LostInKernel, frames.Sum(f => f.Lost.Where(l => l.Cause == LossCause.Kernel).Sum(l => (long)l.Range.Count)));
    }

    private static async Task StartProgramAsync()
    {
        using var process = Process.Start("true");
        await process.WaitForExitAsync();
    }

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
