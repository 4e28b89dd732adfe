using System.Text.Json;
using AlertLambda.Alerts;
using Detection.Findings;
using Support;

namespace AlertLambda.Tests.Alerts;

/// <summary>What Amazon Q needs: anything else it drops without a word.</summary>
public sealed class SlackNotificationTests
{
    private readonly JsonElement _json = JsonSerializer.Deserialize<JsonElement>(SlackNotification.Write(Incidents.SudoThenShadow(), "production"));

    [Fact]
    public void Version_and_source_are_those_of_a_custom_notification()
    {
        Assert.Equal("1.0", _json.GetProperty("version").GetString());
        Assert.Equal("custom", _json.GetProperty("source").GetString());
        Assert.Equal("client-markdown", _json.GetProperty("content").GetProperty("textType").GetString());
    }

    [Fact]
    public void Incident_id_threads_the_messages()
    {
        Assert.Equal("0f1e2d3c4b5a69788796a5b4c3d2e1f0", _json.GetProperty("metadata").GetProperty("threadId").GetString());
        Assert.Equal("0f1e2d3c4b5a69788796a5b4c3d2e1f0", _json.GetProperty("id").GetString());
    }

    [Fact]
    public void Additional_context_holds_only_strings()
    {
        Assert.All(
            _json.GetProperty("metadata").GetProperty("additionalContext").EnumerateObject(),
            p => Assert.Equal(JsonValueKind.String, p.Value.ValueKind));
    }

    [Fact]
    public void Description_that_is_too_long_ends_with_a_whole_line_and_says_that_it_was_cut()
    {
        var process = Some.Process("/" + new string('&', 200), [new string('<', 500)]);
        var incident = Incidents.Of(
            Incidents.SudoThenShadow().Rule with { FalsePositives = [.. Enumerable.Repeat(new string('&', 500), 5)] },
            [.. Enumerable.Range(1, 6).Select(i => new Witness("x", Some.Exec(process, (ulong)i)))]);

        var description = SlackDescription.Write(incident);

        Assert.InRange(description.Length, SlackDescription.MaxLength / 2, SlackDescription.MaxLength);
        Assert.EndsWith("_(cut: the e-mail has the rest)_", description, StringComparison.Ordinal);
    }
}
