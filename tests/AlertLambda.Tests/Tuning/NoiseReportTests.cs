using System.Text.Json;
using AlertLambda.Alerts;
using AlertLambda.Tests.Alerts;
using AlertLambda.Tuning;
using Detection.Findings;

namespace AlertLambda.Tests.Tuning;

public sealed class NoiseReportTests
{
    private static NoiseSum Sum(string title, string host, string maintenance = "") => new()
    {
        Rule = "5d0a2a1c-8f6e-4d5b-9b0e-3f1c2a7d9e10",
        Title = title,
        Level = RuleLevel.High,
        DueMs = 1_790_000_000_000,
        Maintenance = maintenance,
        Count = 37,
        FirstNs = 1_789_999_000_000_000_000,
        LastNs = 1_789_999_900_000_000_000,
        Hosts = [.. Enumerable.Range(1, 11).Select(i => $"web-{i}"), host],
        Incidents = [.. Enumerable.Range(1, 37).Select(i => i.ToString("x32", System.Globalization.CultureInfo.InvariantCulture))],
    };

    [Fact]
    public void Message_says_how_many_of_what_where_and_why()
    {
        var messages = new NoiseReport("production").Compose(Sum("Shadow file read after sudo", "web-12"));

        Golden.Matches("sum.mail.txt", messages[0].Subject + "\n\n" + messages[0].Body);
        Golden.Matches("sum.chat.json", messages[1].Body + "\n");
        Assert.Equal(messages[0].IncidentId, messages[1].IncidentId);
        Assert.Matches("^[0-9a-f]{32}$", messages[0].IncidentId);
        Assert.All(messages, message => Assert.Equal("summed", message.Attributes["change"]));
    }

    [Fact]
    public void Names_that_an_attacker_chose_are_harmless_in_both()
    {
        var messages = new NoiseReport("production").Compose(
            Sum("T\nitle <!channel>" + new string('x', 300), "web\n`<!here>`\u202e", "until\nthen <@U1>"));

        Assert.All(messages, message => Assert.InRange(message.Subject.Length, 1, AlertMessage.MaxSubjectLength));
        Assert.All(messages, message => Assert.True(System.Text.Ascii.IsValid(message.Subject) && !message.Subject.Contains('\n', StringComparison.Ordinal)));
        Assert.DoesNotContain("\u202e", messages[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!", JsonDocument.Parse(messages[1].Body).RootElement.GetProperty("content").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<@", messages[1].Body, StringComparison.Ordinal);
    }
}
