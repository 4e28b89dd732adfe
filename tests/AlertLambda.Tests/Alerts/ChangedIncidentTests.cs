using System.Text.Json;
using AlertLambda.Alerts;
using Detection.Findings;

namespace AlertLambda.Tests.Alerts;

/// <summary>What people are told after the first report of an incident, and of one without events.</summary>
public sealed class ChangedIncidentTests
{
    private readonly AlertComposer _composer = new("test");

    [Fact]
    public void Closed_incident_is_told_shortly_and_in_its_thread()
    {
        var messages = _composer.Compose(Incidents.Closed());

        Assert.Equal("[HIGH] Over: Shadow file read after sudo on i-0123456789abcdef0", messages[0].Subject);
        Assert.StartsWith(
            "\"Shadow file read after sudo\" on i-0123456789abcdef0 is over. It fired 3 times, from 2026-01-01 00:01:42.123 UTC on, the last time 5 min 0 s later, and nothing has joined it since.",
            messages[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("WHAT TO DO FIRST", messages[0].Body, StringComparison.Ordinal);
        Assert.All(messages, m => Assert.Equal("closed", m.Attributes["change"]));
        var chat = JsonDocument.Parse(messages[1].Body).RootElement;
        Assert.Equal(Incidents.Closed().Id, chat.GetProperty("metadata").GetProperty("threadId").GetString());
        Assert.Equal("incident-closed", chat.GetProperty("metadata").GetProperty("eventType").GetString());
        Assert.False(chat.GetProperty("content").TryGetProperty("nextSteps", out _));
    }

    [Fact]
    public void No_mail_says_that_an_incident_is_over_that_fired_just_once() =>
        Assert.Equal([AlertMedium.Chat], _composer.Compose(Incidents.Closed() with { Firings = 1 }).Select(m => m.Medium));

    [Fact]
    public void Escalated_incident_says_in_the_subject_what_is_new() =>
        Assert.Equal(
            "[HIGH] Certain now: Shadow file read after sudo on web-3",
            _composer.Compose(Incidents.SudoThenShadow() with { Change = IncidentChange.Escalated })[0].Subject);

    [Fact]
    public void Incident_without_events_or_host_is_told_all_the_same()
    {
        var incident = Incidents.SudoThenShadow() with { Witnesses = [], Group = [] };
        var messages = _composer.Compose(incident);

        Assert.All(messages, m => Assert.False(m.IsBrief));
        Assert.Equal("[HIGH] Shadow file read after sudo on unknown host", messages[0].Subject);
        Assert.Equal("unknown", messages[0].Attributes["host"]);
        Assert.Contains("WHAT TO DO FIRST", messages[0].Body, StringComparison.Ordinal);
    }
}
