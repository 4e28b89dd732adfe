using AlertLambda.State;
using AlertLambda.Tests.Alerts;
using AlertLambda.Tuning;
using Detection.Findings;
using Detection.Rules;
using Detection.Tuning;
using Wire.Model;

namespace AlertLambda.Tests.Tuning;

public sealed class NoiseGateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Stretch = TimeSpan.FromMinutes(15);

    private int _last;

    [Fact]
    public void What_is_beyond_the_bound_of_a_rule_is_told_in_one_message_when_the_stretch_is_over()
    {
        var gate = Gate("rates: { perRule: 3, inAll: 100 }");

        var decisions = Enumerable.Range(0, 40).Select(i => gate.Decide(Notice.Of(Next("r", host: $"web-{i % 12}")), Noon.AddSeconds(i))).ToList();

        Assert.Equal(Enumerable.Repeat(NoiseDecision.Tell, 3).Concat(Enumerable.Repeat(NoiseDecision.SumUp, 37)), decisions);
        Assert.Empty(gate.TakeDue(Noon + Stretch - TimeSpan.FromMilliseconds(1)));
        var sum = Assert.Single(gate.TakeDue(Noon + Stretch));
        Assert.Equal((37, 12, 37), (sum.Count, sum.Hosts.Count, sum.Incidents.Count));
        Assert.Empty(gate.TakeDue(Noon + (2 * Stretch)));
        Assert.Equal(NoiseDecision.Tell, gate.Decide(Notice.Of(Next("r")), Noon + Stretch));
    }

    [Fact]
    public void Flood_of_some_rules_never_hides_the_first_incident_of_another()
    {
        var gate = Gate("rates: { perRule: 5, inAll: 6 }");
        Assert.All(Enumerable.Range(0, 20), i => gate.Decide(Notice.Of(Next($"flood-{i % 2}")), Noon));

        Assert.Equal(NoiseDecision.Tell, gate.Decide(Notice.Of(Next("rare")), Noon));
        Assert.Equal(NoiseDecision.SumUp, gate.Decide(Notice.Of(Next("rare")), Noon));
        Assert.Equal(20 - 6 + 1, gate.State.Sums.Sum(sum => sum.Count));
    }

    [Fact]
    public void Report_that_comes_again_is_decided_as_before_and_counted_once_also_by_another_process()
    {
        var gate = Gate("rates: { perRule: 1 }");
        Incident[] incidents = [Next("r"), Next("r"), Next("r")];
        var first = incidents.Select(incident => gate.Decide(Notice.Of(incident), Noon)).ToList();

        var other = new NoiseGate(Plan("rates: { perRule: 1 }"), Stored(gate.State));

        Assert.Equal(first, incidents.Select(incident => other.Decide(Notice.Of(incident), Noon.AddHours(1))));
        Assert.Equal(2, Assert.Single(other.TakeDue(Noon.AddHours(1))).Count);
    }

    [Fact]
    public void Incidents_of_a_maintenance_window_are_told_together_after_it_and_critical_ones_at_once()
    {
        var gate = Gate("""
            maintenance:
              - reason: new kernels
                hosts: [web-*]
                from: 2026-12-01T12:00Z
                to: 2026-12-01T13:00Z
            """);
        Incident In(string host, RuleLevel level, int minute) => Next("r", host, level, Noon.AddMinutes(minute));

        Assert.Equal(NoiseDecision.SumUp, gate.Decide(Notice.Of(In("web-3", RuleLevel.High, 0)), Noon));
        Assert.Equal(NoiseDecision.Tell, gate.Decide(Notice.Of(In("web-3", RuleLevel.Critical, 0)), Noon));
        Assert.Equal(NoiseDecision.Tell, gate.Decide(Notice.Of(In("db-1", RuleLevel.High, 0)), Noon));
        Assert.Equal(NoiseDecision.Tell, gate.Decide(Notice.Of(In("web-3", RuleLevel.High, 60)), Noon.AddMinutes(60)));
        Assert.Empty(gate.TakeDue(Noon.AddMinutes(59)));
        Assert.Equal("new kernels", Assert.Single(gate.TakeDue(Noon.AddMinutes(60))).Maintenance);
    }

    [Fact]
    public void Incident_that_closes_is_told_when_it_grew_and_people_know_of_it()
    {
        var gate = Gate("rates: { perRule: 1 }");
        var (told, summed) = (Next("r"), Next("r"));
        gate.Decide(Notice.Of(told), Noon);
        gate.Decide(Notice.Of(summed), Noon);

        NoiseDecision Close(Incident incident, int firings) =>
            gate.Decide(Notice.Of(incident with { Change = IncidentChange.Closed, Firings = firings, Witnesses = [] }), Noon);

        Assert.Equal(NoiseDecision.Tell, Close(told, 5));
        Assert.Equal(NoiseDecision.Nothing, Close(summed, 5));
        Assert.Equal(NoiseDecision.Nothing, Close(Next("r"), 1));
    }

    [Fact]
    public void State_has_a_bound_whatever_comes()
    {
        var gate = Gate("rates: { perRule: 1 }");
        foreach (var i in Enumerable.Range(0, 5000))
        {
            gate.Decide(Notice.Of(Next("r", host: $"host-{i}")), Noon);
        }

        var sum = Assert.Single(gate.State.Sums);
        Assert.Equal((4999, NoiseSum.MostNamed, NoiseSum.MostNamed), (sum.Count, sum.Hosts.Count, sum.Incidents.Count));
        Assert.InRange(new FunctionMemory { Noise = gate.State }.Encode().Length, 1, 64 * 1024);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"Version":99}""")]
    public void Damaged_state_is_none(string json) => Assert.Null(FunctionMemory.TryDecode(System.Text.Encoding.UTF8.GetBytes(json)));

    private Incident Next(string rule, string host = "web-3", RuleLevel level = RuleLevel.Medium, DateTimeOffset? at = null)
    {
        var incident = Incidents.UserAddedByService();
        var timeNs = ((at ?? Noon) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return incident with
        {
            Id = (++_last).ToString("x16", System.Globalization.CultureInfo.InvariantCulture) + "0123456789abcdef",
            Rule = incident.Rule with { Id = rule, Title = rule, Level = level },
            FirstTimeNs = timeNs,
            LastTimeNs = timeNs,
            Witnesses = [new Witness("w", Support.Some.Exec(Support.Some.Process("/x", pid: 7), 5, host: Support.Some.Host("id-" + host, hostName: host)))],
        };
    }

    private static NoiseState Stored(NoiseState state) => FunctionMemory.TryDecode(new FunctionMemory { Noise = state }.Encode())!.Noise;

    private static NoiseGate Gate(string tuning) => new(Plan(tuning), new NoiseState());

    private static TuningPlan Plan(string tuning)
    {
        var plan = TuningReader.Read(new RuleSource("tuning.yaml", tuning), "prod");
        Assert.Empty(plan.Faults);
        return plan;
    }
}
