using System.Globalization;
using System.Text.RegularExpressions;
using Support.Servers;

namespace EndToEnd.Tests.Alerts;

/// <summary>The e-mail about sudo and the password hashes, read as a person would.</summary>
/// <param name="Incident">The id of the incident.</param>
/// <param name="First">When sudo started.</param>
/// <param name="Last">When cat opened the file.</param>
internal sealed partial record MailAlert(string Incident, DateTimeOffset First, DateTimeOffset Last)
{
    private const string Time = "yyyy-MM-dd HH:mm:ss.fff 'UTC'";

    /// <summary>Checks every statement of the mail that the test knows the truth about.</summary>
    public static MailAlert Check(SnsNotification mail, AlertTruth truth)
    {
        var (user, uid, sudo) = (truth.User.Name, truth.User.Uid, truth.Run.Pid);
        var text = mail.Message;
        Assert.Equal($"[HIGH] {AlertTruth.RuleTitle} on {AlertTruth.HostName}", mail.Subject);
        Assert.StartsWith($"{user} (uid {uid}) on {AlertTruth.HostName} ran sudo; ", text, StringComparison.Ordinal);
        Assert.Contains($"\n  Host {AlertTruth.HostName}, id {truth.HostId}\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  Effective user: root (uid 0)\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n  Session leader: pid {truth.Leader}, ", text, StringComparison.Ordinal);
        Assert.Matches(
            $@"\n +- \S+, pid {truth.Leader}, {user}: sh\n +- sudo, pid {sudo}, {user}: ""sudo -n cat /etc/shadow""  \[1\]", text);
        Assert.Matches($@"\n  \[1\] [0-9:.]+: {user} ran sudo \(pid {sudo}\): ""sudo -n cat /etc/shadow""\n", text);
        Assert.Contains($" Id: {AlertTruth.RuleId}.", text, StringComparison.Ordinal);

        // sudo itself looks at the file, too, where its PAM account check asks for it: that is left out.
        Assert.NotEqual(sudo, uint.Parse(Match(Opener(), text), CultureInfo.InvariantCulture));

        var last = ParseTime(Match(LastTime(), text));
        var first = ParseTime(Match(FirstTime(), text));
        truth.CheckTime(first);
        truth.CheckTime(last);
        Assert.True(first <= last, text);
        return new MailAlert(Match(IncidentId(), text), first, last);
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Match(Regex pattern, string text)
    {
        var match = pattern.Match(text);
        Assert.True(match.Success, $"Not in the text: {pattern}\n{text}");
        return match.Groups["value"].Value;
    }

    [GeneratedRegex(@"\n  \[2\] [0-9:.]+ \(\+[^)]+\): cat \(pid (?<value>[0-9]+)\) opened /etc/shadow\n")]
    private static partial Regex Opener();

    [GeneratedRegex(@"\nWHEN\n  (?<value>[0-9: .-]+ UTC)\n")]
    private static partial Regex LastTime();

    [GeneratedRegex(@"\n  first event (?<value>[0-9: .-]+ UTC), ")]
    private static partial Regex FirstTime();

    [GeneratedRegex(@"\nINCIDENT\n  (?<value>[0-9a-f]{32})\n\z")]
    private static partial Regex IncidentId();
}
