using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Wire.Model;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>The agent ends, and starts again.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class AgentLifecycleTests(Servers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(8);

    [EndToEndFact]
    public async Task Agent_restarted_within_a_boot_alerts_for_what_happens_in_both_runs()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        cloud.StartPolling();
        for (var i = 0; i < 2; i++)
        {
            await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
            using var user = ThrowAwayUser.Create();
            await using var session = UserSession.Start(user);
            var run = await session.ReadShadowAsync();
            await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
            await AlertAssert.IsTheOnlyOneAsync(cloud, user, run);
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        var frames = await cloud.Content.ReadFramesAsync();
        Assert.Single(frames.Select(frame => frame.Host.BootId).Distinct());
        var identities = frames.SelectMany(frame => frame.Events).Select(e => e.Id).ToList();
        Assert.Equal(identities.Count, identities.Distinct().Count());
    }

    [EndToEndFact]
    public async Task Events_that_wait_when_the_agent_is_terminated_reach_the_stream_before_it_ends_with_0()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        await using var agent = await EdgeAgentProcess.StartAsync(
            servers.Kinesis, cloud.Stream, "host-one",
            "--batch-flush-milliseconds", "60000", "--batch-high-value-flush-milliseconds", "1000");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);
        var run = await session.ReadShadowAsync();

        var (exitCode, took) = await agent.TerminateAsync();

        output.WriteLine($"From SIGTERM to the end: {took.TotalMilliseconds:F0} ms");
        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, LongestEnd);
        Assert.Contains(", 0 dropped, 0 undelivered", agent.Output, StringComparison.Ordinal);
        var frames = await cloud.Content.ReadFramesAsync();
        Frames.CheckComplete(frames);
        var events = frames.SelectMany(frame => frame.Events).ToList();
        Assert.Contains(events, e => e is ExecEvent { Lane: Lane.High } && e.Process.Key.Pid == run.Pid);
        var ofCat = events.Where(e => e.Process.Comm == "cat" && e.Process.Parent?.Key.Pid == run.Pid).ToList();
        Assert.Contains(ofCat, e => e is ExecEvent { Lane: Lane.Bulk });
        Assert.Contains(ofCat, e => e is FileOpenEvent { Path: "/etc/shadow" });
    }
}
