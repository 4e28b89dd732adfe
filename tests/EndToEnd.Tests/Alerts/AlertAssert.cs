using EndToEnd.Tests.Setup;
using Support.Servers;

namespace EndToEnd.Tests.Alerts;

/// <summary>What every test asks of the alert.</summary>
internal static class AlertAssert
{
    /// <summary>Waits for the alert in both media, and checks all that is known of it.</summary>
    /// <returns>The mail, and when both were there.</returns>
    public static async Task<(MailAlert Mail, DateTimeOffset At)> ArrivesAsync(CloudUnderTest cloud, AlertTruth truth)
    {
        var mail = Assert.Single(await cloud.Mail.WaitForAsync(truth.User.Name, truth.HostId));
        var chat = Assert.Single(await cloud.Chat.WaitForAsync(truth.User.Name, truth.HostId));
        CheckAttributes(mail.Notification);
        CheckAttributes(chat.Notification);
        var read = MailAlert.Check(mail.Notification, truth);
        ChatAlert.Check(chat.Notification, truth, read);
        return (read, mail.At > chat.At ? mail.At : chat.At);
    }

    /// <summary>Waits until the runs are processed, and checks that one e-mail and one chat message came in all.</summary>
    public static async Task IsTheOnlyOneAsync(CloudUnderTest cloud, ThrowAwayUser user, params IReadOnlyList<SudoRun> runs)
    {
        foreach (var run in runs)
        {
            await cloud.WaitUntilDoneAsync(run);
        }

        Assert.Single(await cloud.Mail.AllAsync(user.Name));
        Assert.Single(await cloud.Chat.AllAsync(user.Name));
    }

    private static void CheckAttributes(SnsNotification notification) => Assert.Equal(
        new SortedDictionary<string, string>
        {
            ["change"] = "opened",
            ["environment"] = CloudUnderTest.EnvironmentName,
            ["host"] = AlertTruth.HostName,
            ["rule"] = AlertTruth.RuleId,
            ["severity"] = "high",
        },
        new SortedDictionary<string, string>(notification.Attributes.ToDictionary()));
}
