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

    // On a terminal sudo runs the command in a session of its own (use_pty, on by default). Where no login made an audit session
    // that holds both, they are two groups of the rule.
    [EndToEndFact]
    public async Task Sudo_on_a_terminal_becomes_one_alert_for_each_session_in_which_the_file_was_opened()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var run = await session.ReadShadowOnTerminalAsync();
        Assert.Equal(0, run.ExitCode);
        await cloud.WaitUntilDoneAsync(run);

        var opens = (await cloud.Content.ReadFramesAsync()).SelectMany(frame => frame.Events)
            .Where(e => e is FileOpenEvent { Path: "/etc/shadow" } && e.Process.Lineage().Any(node => node.Key.Pid == run.Pid));
        var sessions = opens.Select(e => e.Credentials)
            .Select(c => (c.AuditSession, c.AuditSession == Credentials.Unset ? c.Session : default))
            .Distinct().Count();
        output.WriteLine($"Sessions in which the file was opened: {sessions}");
        var mails = await cloud.Mail.AllAsync(user.Name);
        Assert.Equal(sessions, mails.Count);
        Assert.Equal(sessions, (await cloud.Chat.AllAsync(user.Name)).Count);
        Assert.All(
            mails, mail => Assert.Contains($" ran sudo (pid {run.Pid})", mail.Notification.Message, StringComparison.Ordinal));
    }
}
