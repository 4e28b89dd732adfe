using Detection.Findings;
using Detection.Rules;
using Detection.Tuning;

namespace Detection.Tests.Tuning;

/// <summary>The file <c>tuning.yaml</c>.</summary>
public sealed class TuningReaderTests
{
    private const long SecondNs = 1_000_000_000;

    private const string Whole = """
        exceptions:
          - rule: a
            reason: the backup reads everything
            expires: 2027-01-31
            filter: { Image: /usr/bin/backup }
          - rules: [b, c]
            reason: until the migration is over
            expires: 2026-12-01T22:00+02:00
            environments: [prod]
            filter:
              - User: deploy
              - User: root
        severity:
          - rule: b
            level: low
            reason: a lab
            environments: [dev, test]
        maintenance:
          - reason: kernel updates
            hosts: [web-*, i-0123]
            from: 2026-12-01T22:00Z
            to: 2026-12-02T02:00:30Z
            rules: [a]
            upTo: medium
        rates:
          window: 30m
          perRule: 3
          inAll: 20
        """;

    [Fact]
    public void Every_entry_is_read_with_its_times_in_UTC()
    {
        var plan = Read(Whole, "prod");

        Assert.Empty(plan.Faults);
        Assert.Equal(
            [("the backup reads everything", Ns(2027, 2, 1), "tuning.yaml:2", "a"), ("until the migration is over", Ns(2026, 12, 1, 20), "tuning.yaml:6", "b c")],
            plan.Exceptions.Select(e => (e.Reason, e.EndNs, e.Place, string.Join(' ', e.Named))));
        Assert.Empty(plan.Severities);
        var window = Assert.Single(plan.Maintenance);
        Assert.Equal((Ns(2026, 12, 1, 22), Ns(2026, 12, 2, 2) + (30 * SecondNs), RuleLevel.Medium), (window.FromNs, window.ToNs, window.UpTo));
        Assert.Equal(new RateBounds { WindowNs = 1800 * SecondNs, PerRule = 3, InAll = 20 }, plan.Rates);
    }

    [Fact]
    public void Entries_for_other_environments_are_left_out()
    {
        var plan = Read(Whole, "dev");

        Assert.Equal("a", Assert.Single(Assert.Single(plan.Exceptions).Named));
        Assert.Equal(RuleLevel.Low, Assert.Single(plan.Severities).Level);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_by_place()
    {
        var plan = Read("""
            exception: []
            exceptions:
              - rule: a
                expires: 2027-02-30
              - reason: ""
                rule: a
                rules: [b]
                expires: 2026-12-01T22:00
                filter: x
                severty: low
            severity: high
            maintenance:
              - reason: r
                hosts: []
                from: 2026-12-02T22:00Z
                to: 2026-12-02T22:00Z
              - reason: r
                hosts: [a]
                from: 2026-12-02T22:00Z
                to: 2026-12-02T22:00Z
            rates: { window: 5, perRule: 0, inall: 3 }
            """);

        Assert.Equal(
            [
                "1:1 there is no key 'exception'",
                "3:5 reason is missing",
                "3:5 filter is missing",
                "4:14 '2027-02-30' is no time",
                "5:13 the reason is empty",
                "7:12 rules must be a list, and stand alone",
                "8:14 '2026-12-01T22:00' is no time",
                "9:13 filter must be a map or a list of searches",
                "10:5 there is no key 'severty' here",
                "11:11 severity must be a list",
                "14:12 hosts has an empty entry",
                "20:9 the window ends before it begins",
                "21:18 '5' is not a timespan",
                "21:30 '0' is no number of incidents",
                "21:33 there is no key 'inall' here",
            ],
            plan.Faults.SelectMany(fault => fault.All).Select(fault => $"{fault.Line}:{fault.Column} {fault.Reason}"));
        Assert.All(plan.Faults.SelectMany(fault => fault.All), fault => Assert.NotEmpty(fault.WayOut));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("exceptions:\nseverity:\n")]
    public void Empty_file_changes_nothing(string text)
    {
        var plan = Read(text);

        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Exceptions);
        Assert.Equal(new RateBounds(), plan.Rates);
    }

    [Fact]
    public void Text_that_is_no_YAML_is_a_fault() => Assert.NotEmpty(Read("exceptions: [").Faults);

    [Fact]
    public void Lapsed_are_those_whose_last_moment_is_over()
    {
        var plan = Read(Whole, "prod");

        Assert.Empty(plan.Lapsed(Ns(2026, 12, 1, 20) - 1));
        Assert.Equal("tuning.yaml:6", Assert.Single(plan.Lapsed(Ns(2026, 12, 1, 20))).Place);
        Assert.Equal(2, plan.Lapsed(Ns(2027, 2, 1)).Count());
    }

    private static TuningPlan Read(string text, string environment = "prod") => TuningReader.Read(new RuleSource("tuning.yaml", text), environment);

    private static long Ns(int year, int month, int day, int hour = 0) =>
        (new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks * 100;
}
