using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Wire.Model;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>The whole path: what a user does on this kernel becomes one alert.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class SudoThenShadowTests(Servers servers, ITestOutputHelper output)
{
    [EndToEndFact]
    public async Task Sudo_and_a_read_of_the_password_hashes_become_one_mail_and_one_chat_message_however_often_repeated()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var run = await session.ReadShadowAsync();
        Assert.Equal(0, run.ExitCode);
        var (mail, at) = await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
        output.WriteLine($"From the system call to both queues, with the start of the function: {(at - mail.Last).TotalMilliseconds:F0} ms");

        var again = await session.ReadShadowAsync();
        Assert.Equal(0, again.ExitCode);
        await AlertAssert.IsTheOnlyOneAsync(cloud, user, run, again);
    }

    [EndToEndFact]
    public async Task Other_users_get_alerts_of_their_own_within_seconds()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        for (var i = 0; i < 3; i++)
        {
            using var user = ThrowAwayUser.Create();
            await using var session = UserSession.Start(user);
            var run = await session.ReadShadowAsync();
            var (mail, at) = await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
            output.WriteLine($"From the system call to both queues: {(at - mail.Last).TotalMilliseconds:F0} ms");
            Assert.InRange(at - mail.Last, TimeSpan.Zero, TimeSpan.FromSeconds(30));
            await AlertAssert.IsTheOnlyOneAsync(cloud, user, run);
        }
    }

    // On a terminal sudo runs the command below a monitor that made a session of its own (use_pty, on by default). The file is opened
    // in both sessions, by sudo's account check and by the command; it is one deed.
    [EndToEndFact]
    public async Task Sudo_on_a_terminal_becomes_one_alert_too()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var run = await session.ReadShadowOnTerminalAsync();
        Assert.Equal(0, run.ExitCode);
        await cloud.WaitUntilDoneAsync(run);

        var mail = Assert.Single(await cloud.Mail.AllAsync(user.Name));
        Assert.Contains($" ran sudo (pid {run.Pid})", mail.Notification.Message, StringComparison.Ordinal);
        Assert.Single(await cloud.Chat.AllAsync(user.Name));
    }
}
