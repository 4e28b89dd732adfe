using AlertLambda.Alerts;
using AlertLambda.Findings;
using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.State;
using Detection.Findings;
using Detection.Rules;
using Detection.Tuning;
using Wire.Text;

namespace AlertLambda.Tuning;

/// <summary>
/// Decides what people are told of incidents and findings, and puts the messages into the item that remembers them: one write makes both durable. Not
/// thread-safe.
/// </summary>
/// <param name="environment">Name of the deployment; not empty.</param>
/// <param name="rules">The rules.</param>
/// <param name="plan">Bounds and maintenance windows.</param>
/// <param name="items">Where messages go.</param>
/// <param name="composer">Writes alerts.</param>
/// <param name="log">Is told of everything that is not told one by one.</param>
/// <param name="clock">The time of which bounds speak.</param>
public sealed class NewsDesk(
    string environment, RulePack rules, TuningPlan plan, EngineItems items, AlertComposer composer, JsonLog log, TimeProvider clock)
{
    private readonly FindingReport _findings = new(environment, new Blindness(rules), composer.WritesFindings);
    private readonly NoiseReport _sums = new(environment);
    private readonly OwnFindings _own = new(rules, plan);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>An incident opened, escalated or closed.</summary>
    public void Tell(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var decision = Decide(Notice.Of(incident));
        var messages = decision == NoiseDecision.Tell || composer.WritesFindings ? composer.Compose(incident) : [];

        items.Add(incident, decision == NoiseDecision.Tell ? messages : ForPrograms(messages));
    }

    /// <summary>Something was found out about the telemetry of a host.</summary>
    public void Tell(string hostId, IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        foreach (var finding in findings)
        {
            var messages = _findings.Compose(finding);
            items.Add(hostId, Decide(Notice.Of(finding)) == NoiseDecision.Tell ? messages : ForPrograms(messages));
            LogFinding(finding);
        }
    }

    /// <summary>Records were set aside, and what is wrong with rules and exceptions; the function's own item is loaded.</summary>
    public void TellOwn(IReadOnlyList<QuarantinedRecord> quarantined)
    {
        ArgumentNullException.ThrowIfNull(quarantined);
        var findings = _own.Look(items.Function.Open, quarantined, Now.ToUnixTimeMilliseconds(), out var changed);
        foreach (var finding in findings)
        {
            items.AddToFunction(_findings.Compose(finding));
            LogFinding(finding);
        }

        if (changed)
        {
            items.NoteFunctionChanged();
        }
    }

    /// <summary>Tells what was summed up and is due; the function's own item is loaded.</summary>
    public void TellDue()
    {
        foreach (var sum in new NoiseGate(plan, items.Function.Noise).TakeDue(Now))
        {
            items.AddToFunction(_sums.Compose(sum));
            items.NoteFunctionChanged();
        }
    }

    // Programs take everything: what people do not read one by one is theirs, too. So sums are for people alone.
    private static IReadOnlyList<AlertMessage> ForPrograms(IReadOnlyList<AlertMessage> messages) => [.. messages.Where(message => message.Medium == AlertMedium.Finding)];

    private NoiseDecision Decide(Notice notice)
    {
        var decision = new NoiseGate(plan, items.Function.Noise).Decide(notice, Now, out var isNew);
        if (isNew)
        {
            items.NoteFunctionChanged();
        }

        if (decision == NoiseDecision.SumUp)
        {
            log.Write(LogLevel.Warning, "summed-up", json =>
            {
                json.WriteString("incident", notice.Id);
                json.WriteString("rule", SafeText.Escape(notice.Rule.Id));
                json.WriteString("host", SafeText.Escape(notice.HostName));
                json.WriteString("change", notice.Change.ToString());
            });
        }

        return decision;
    }

    private void LogFinding(Finding finding) => log.Write(finding.IsOver ? LogLevel.Info : LogLevel.Warning, "finding", json =>
    {
        json.WriteString("id", finding.Id);
        json.WriteString("kind", FindingText.Of(finding.Kind).Id);
        json.WriteBoolean("over", finding.IsOver);
        if (finding.Host is { } host)
        {
            json.WriteString("host", SafeText.Escape(host.HostId));
        }

        json.WriteStartArray("facts");
        foreach (var fact in finding.Facts)
        {
            json.WriteStringValue($"{fact.Label}: {SafeText.Escape(fact.Value)}");
        }

        json.WriteEndArray();
    });
}
