using Detection.Rules;

namespace AlertLambda.Findings;

/// <summary>Which rules a finding makes blind or unsure. Immutable and thread-safe.</summary>
/// <param name="pack">The rules.</param>
public sealed class Blindness(RulePack pack)
{
    private const int MostNamed = 10;

    // Categories of log sources by the signal that shows them (bpf/backends.txt).
    private static readonly Dictionary<string, string[]> Categories = new()
    {
        ["file-open"] = ["file_access", "file_event"],
        ["process"] = ["process_creation", "process_termination"],
        ["calls"] = ["file_access_failed", "file_rename", "file_delete", "file_change", "system_call"],
        ["network"] = ["network_connection"],
    };

    private readonly List<string> _unsure = [.. pack.Correlations.Where(rule => rule.AlertsAlone && !rule.IsMonotone).Select(rule => rule.Info.Title)];

    /// <summary>Lines for people; titles come from rule files: escape them.</summary>
    public IReadOnlyList<FindingFact> Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.IsOver)
        {
            return [];
        }

        return finding.Kind switch
        {
            FindingKind.TelemetryGap or FindingKind.AgentSilent => [Everything(), .. Unsure()],
            FindingKind.AgentDegraded => [.. Signals(finding), .. Unsure()],
            _ => [],
        };
    }

    private FindingFact Everything() =>
        new("Blind for that time on this host", $"all {Times.Count((ulong)(pack.Rules.Count(rule => rule.AlertsAlone) + pack.Correlations.Count))} rules");

    private IEnumerable<FindingFact> Unsure()
    {
        if (_unsure.Count > 0)
        {
            yield return new FindingFact("Told as not certain", Named(_unsure));
        }
    }

    private IEnumerable<FindingFact> Signals(Finding finding)
    {
        foreach (var (signal, categories) in Categories)
        {
            if (!finding.Facts.Any(fact => fact.Label.StartsWith("Probe", StringComparison.Ordinal) && fact.Value.StartsWith(signal + " ", StringComparison.Ordinal)))
            {
                continue;
            }

            var rules = pack.Rules.Where(rule => categories.Contains(rule.Source.Category)).Select(rule => rule.Info.Title).ToList();
            yield return new FindingFact($"Without {signal}", rules.Count == 0 ? "no rule is blind" : Named(rules));
        }
    }

    private static string Named(List<string> titles) => titles.Count <= MostNamed
        ? string.Join("; ", titles)
        : $"{string.Join("; ", titles.Take(MostNamed))} and {Times.Count((ulong)(titles.Count - MostNamed))} more";
}
