using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>The agent was there before the stream.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class StreamAbsenceTests(Servers servers, ITestOutputHelper output)
{
    // Enough for some retries, and short of the long waits between later ones.
    private static readonly TimeSpan SomeRetries = TimeSpan.FromSeconds(2);

    [EndToEndFact]
    public async Task Events_from_before_the_stream_existed_are_delivered_and_its_absence_is_reported_once()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions { Shards = 0 });
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);
        var run = await session.ReadShadowAsync();
        await agent.WaitForLineAsync($"edge-agent: kinesis stream {cloud.Stream}: the stream does not exist");
        await Task.Delay(SomeRetries);

        await servers.Kinesis.CreateStreamAsync(cloud.Stream);
        cloud.StartPolling();

        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
        await AlertAssert.IsTheOnlyOneAsync(cloud, user, run);
        await agent.WaitForLineAsync($"edge-agent: kinesis stream {cloud.Stream}: works again");
        Assert.Single(agent.Output.Split('\n'), line => line.Contains("does not exist", StringComparison.Ordinal));
        Frames.CheckComplete(await cloud.Content.ReadFramesAsync());
    }

    [EndToEndFact]
    public async Task Events_of_an_agent_that_was_killed_before_the_stream_existed_are_delivered_by_the_next()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions { Shards = 0 });
        using var spool = new TemporaryFolder();
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);
        await using var first = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one", "--spool-path", spool.Path);
        var run = await session.ReadShadowAsync();
        await first.WaitForLineAsync($"edge-agent: kinesis stream {cloud.Stream}: the stream does not exist");
        await Task.Delay(SomeRetries);
        await first.KillAsync();

        await servers.Kinesis.CreateStreamAsync(cloud.Stream);
        cloud.StartPolling();
        await using var second = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one", "--spool-path", spool.Path);
        await second.WaitForLineAsync($"edge-agent: spool {spool.Path}: ");

        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
        Assert.Equal(0, (await second.TerminateAsync()).ExitCode);
        var frames = await cloud.Content.ReadFramesAsync();
        var identities = frames.SelectMany(frame => frame.Events).Select(e => e.Id).ToList();
        Assert.Equal(identities.Count, identities.Distinct().Count());
        Assert.Empty(Directory.GetFiles(spool.Path, "*.segment"));
    }
}
