using System.Globalization;
using System.Text.Json;
using Support.Servers;

namespace EndToEnd.Tests.Alerts;

/// <summary>The message for Slack about sudo and the password hashes.</summary>
internal static class ChatAlert
{
    /// <summary>Checks the form of the custom notification, and every statement that the test knows the truth about.</summary>
    public static void Check(SnsNotification message, AlertTruth truth, MailAlert mail)
    {
        var json = JsonElement.Parse(message.Message);
        Assert.Equal("1.0", Text(json, "version"));
        Assert.Equal("custom", Text(json, "source"));
        Assert.Equal(mail.Incident, Text(json, "id"));

        var content = json.GetProperty("content");
        Assert.Equal("client-markdown", Text(content, "textType"));
        Assert.Equal($":rotating_light: [HIGH] {AlertTruth.RuleTitle} on {AlertTruth.HostName}", Text(content, "title"));
        Assert.NotEmpty(content.GetProperty("nextSteps").EnumerateArray());
        Assert.Contains("high", content.GetProperty("keywords").EnumerateArray().Select(word => word.GetString()));
        var description = Text(content, "description");
        var (user, uid, sudo) = (truth.User.Name, truth.User.Uid, truth.Run.Pid);
        Assert.StartsWith($"`{user}` (uid {uid}) on `{AlertTruth.HostName}` ran `sudo`; ", description, StringComparison.Ordinal);
        Assert.Contains($" `{user}` ran `sudo` (pid {sudo}): `sudo -n cat /etc/shadow`\n", description, StringComparison.Ordinal);
        Assert.Contains($" ({truth.Leader}) → `sudo` ({sudo})", description, StringComparison.Ordinal);

        var metadata = json.GetProperty("metadata");
        Assert.Equal(mail.Incident, Text(metadata, "threadId"));
        Assert.Equal("incident-opened", Text(metadata, "eventType"));
        var resource = Assert.Single(metadata.GetProperty("relatedResources").EnumerateArray());
        Assert.Equal(truth.HostId, resource.GetString());
        var context = metadata.GetProperty("additionalContext");
        Assert.Equal(AlertTruth.RuleId, Text(context, "rule"));
        Assert.Equal(mail.First, Time(context, "firstEvent"));
        Assert.Equal(mail.Last, Time(context, "lastEvent"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static DateTimeOffset Time(JsonElement json, string name) => DateTimeOffset.ParseExact(
        Text(json, name), "yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
