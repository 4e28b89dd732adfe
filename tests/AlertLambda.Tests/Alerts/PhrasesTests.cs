using AlertLambda.Alerts;
using Detection.Findings;

namespace AlertLambda.Tests.Alerts;

public sealed class PhrasesTests
{
    [Theory]
    [InlineData(0, "less than 1 ms")]
    [InlineData(999_999, "less than 1 ms")]
    [InlineData(1_000_000, "1 ms")]
    [InlineData(999_999_999, "999 ms")]
    [InlineData(1_000_000_000, "1.0 s")]
    [InlineData(2_199_000_000, "2.1 s")]
    [InlineData(59_999_000_000, "59.9 s")]
    [InlineData(60_000_000_000, "1 min 0 s")]
    [InlineData(3_599_000_000_000, "59 min 59 s")]
    [InlineData(7_380_000_000_000, "2 h 3 min")]
    [InlineData(86_400_000_000_000, "1 d 0 h")]
    public void Elapsed_time_is_as_exact_as_a_reader_needs(long ns, string expected) => Assert.Equal(expected, Phrases.Elapsed(ns));

    [Fact]
    public void Verdict_that_depends_on_lost_events_is_said_to_be_uncertain()
    {
        var incident = Incidents.SudoThenShadow();

        Assert.Null(Phrases.Certainty(incident));
        Assert.StartsWith("Not certain: ", Phrases.Certainty(incident with { Verdict = Verdict.Unknown }), StringComparison.Ordinal);
        Assert.StartsWith("Certain now: ", Phrases.Certainty(incident with { Change = IncidentChange.Escalated }), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_is_UTC_with_milliseconds_cut_not_rounded()
    {
        Assert.Equal("2026-01-01 00:00:00.999 UTC", Phrases.Utc(1_767_225_600_999_999_999));
        Assert.Equal("00:00:00.999", Phrases.TimeOfDay(1_767_225_600_999_999_999));
    }

    [Fact]
    public void User_without_a_name_is_told_by_number_and_root_by_name()
    {
        var markup = new MailMarkup();

        Assert.Equal("uid 1001", Phrases.User(markup, 1001, ""));
        Assert.Equal("root", Phrases.ShortUser(markup, 0, ""));
        Assert.Equal("root", Phrases.ShortUser(markup, 0, "root"));
        Assert.Equal("root (as backup)", Phrases.ShortUser(markup, 0, "backup"));
        Assert.Equal("alice (uid 1000)", Phrases.User(markup, 1000, "alice"));
    }
}
