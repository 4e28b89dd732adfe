using System.Globalization;
using Detection.Taxonomy;

namespace Detection.Tests.Matching;

/// <summary>The modifiers that compare a part of a time.</summary>
public sealed class TimePartTests
{
    [Theory]
    [InlineData("minute: 59", "2026-01-31T23:59:60Z", true)]
    [InlineData("hour: 23", "2026-01-31T23:59:59.999999999+01:00", true)]
    [InlineData("hour: 22", "2026-01-31T23:59:59+01:00", false)]
    [InlineData("hour: 0", "2026-01-31 00:00:00", true)]
    [InlineData("hour: [1, 2]", "2026-01-31t02:00:00z", true)]
    [InlineData("hour|gte: 22", "2026-01-31T23:00:00Z", true)]
    [InlineData("gte|hour: 22", "2026-01-31T21:59:59Z", false)]
    [InlineData("hour|lt: 6", "2026-01-31T05:59:59Z", true)]
    [InlineData("hour|neq: 5", "2026-01-31T05:59:59Z", false)]
    [InlineData("day: 31", "2026-01-31T00:00:00Z", true)]
    [InlineData("day: 29", "2024-02-29T00:00:00Z", true)]
    [InlineData("day: 29", "2026-02-29T00:00:00Z", false)]
    [InlineData("month: 12", "2026-12-01T00:00:00Z", true)]
    [InlineData("year: 2026", "2026-12-01T00:00:00Z", true)]
    [InlineData("week: 53", "2026-12-31T00:00:00Z", true)]
    [InlineData("week: 53", "2027-01-03T00:00:00Z", true)]
    [InlineData("week: 1", "2027-01-04T00:00:00Z", true)]
    [InlineData("year: 2026", "2026-12-01", false)]
    [InlineData("year: 2026", "2026-12-01T00:00:00X", false)]
    [InlineData("year: 2026", "2026-13-01T00:00:00Z", false)]
    [InlineData("year: 2026", "2026-00-01T00:00:00Z", false)]
    [InlineData("hour: 23", "2026-12-01T24:00:00Z", false)]
    [InlineData("hour|lt: 24", "2026-01-31T23:59:59Z", true)]
    [InlineData("year: 2026", "", false)]
    public void Part_of_a_text_is_compared_as_it_is_written(string item, string text, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldValue.Of(text)));

    [Theory]
    [InlineData("hour: 0", "0", true)]
    [InlineData("minute: 1", "119.999", true)]
    [InlineData("year: 1969", "-0.5", true)]
    [InlineData("month: 2", "1709164800", true)]
    [InlineData("day: 29", "1709164800", true)]
    [InlineData("year: 9999", "253402300799", true)]
    [InlineData("year: 9999", "253402300800", false)]
    [InlineData("year: 1", "-99999999999999999", false)]
    public void Number_is_seconds_since_1970(string item, string seconds, bool expected) =>
        Assert.Equal(expected, Matches(item, FieldValue.Of(decimal.Parse(seconds, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("minute: 60")]
    [InlineData("minute: -1")]
    [InlineData("hour: [23, 24]")]
    [InlineData("hour|neq: 24")]
    [InlineData("hour|gt: 23")]
    [InlineData("hour|gte: 24")]
    [InlineData("hour|lt: 0")]
    [InlineData("hour|lte: -1")]
    [InlineData("day: 0")]
    [InlineData("day: 32")]
    [InlineData("week: 0")]
    [InlineData("week: 54")]
    [InlineData("month: 0")]
    [InlineData("month: 13")]
    [InlineData("month|lt: 1")]
    [InlineData("year: 10000")]
    public void Part_that_no_time_has_is_refused(string item) => Assert.Contains(
        "no time has such a part", Assert.Single(Packs.Load(Packs.RuleText($"s: {{ CommandLine|{item} }}\ncondition: s")).Refused).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("minute: [0, 59]")]
    [InlineData("hour|lte: 0")]
    [InlineData("hour|gte: 23")]
    [InlineData("day: [1, 31]")]
    [InlineData("week: [1, 53]")]
    [InlineData("month|gt: 11")]
    public void Part_that_some_time_has_is_taken(string item) =>
        Assert.Single(Packs.LoadAll(Packs.RuleText($"s: {{ CommandLine|{item} }}\ncondition: s")).Rules);

    [Fact]
    public void Anything_else_has_no_parts()
    {
        Assert.False(Matches("hour: 0", FieldValue.Of(true)));
        Assert.False(Matches("hour: 0", FieldValue.Null));
        Assert.True(Matches("hour: 1", FieldValue.Of([FieldValue.Of(0), FieldValue.Of(3600)])));
    }

    private static bool Matches(string item, FieldValue value) =>
        Packs.Rule($"s:\n  Time|{item}\ncondition: s").Matches(FieldsOnly.With("Time", value));
}
