using System.Security.Cryptography;
using System.Text;
using AlertLambda.Intake;
using Detection.Rules;
using Detection.Tuning;

namespace AlertLambda.Findings;

/// <summary>What the function finds out that is of no host: records that are no frames, rules that were refused, exceptions that are over. Not thread-safe.</summary>
/// <param name="rules">The rules.</param>
/// <param name="plan">Their tuning.</param>
public sealed class OwnFindings(RulePack rules, TuningPlan plan)
{
    private const int MostNamed = 5;
    private const long MsNs = 1_000_000;

    private readonly string _refused = Hash(rules.Refused.SelectMany(rule => rule.All).Select(fault => fault.ToString()));

    /// <summary>Looks.</summary>
    /// <param name="open">Findings that are not over; changed.</param>
    /// <param name="quarantined">Records that were set aside just now.</param>
    /// <param name="nowMs">The time, Unix ms.</param>
    /// <param name="changed">True when <paramref name="open"/> is not as before.</param>
    /// <returns>What is to be told.</returns>
    public IReadOnlyList<Finding> Look(List<OpenFinding> open, IReadOnlyList<QuarantinedRecord> quarantined, long nowMs, out bool changed)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(quarantined);
        var findings = new FindingLog(open);
        if (quarantined.Count > 0)
        {
            findings.Note(FindingKind.BadTelemetry, null, nowMs, [.. quarantined.Take(MostNamed).Select(FactOf)]);
        }

        findings.EndQuiet(null, nowMs, FindingKind.BadTelemetry);
        Keep(findings, open, FindingKind.RuleRefused, rules.Refused.Count == 0 ? "" : _refused, nowMs, () => Refused());
        var lapsed = plan.Lapsed(nowMs * MsNs).ToList();
        Keep(findings, open, FindingKind.ExceptionLapsed, lapsed.Count == 0 ? "" : Hash(lapsed.Select(one => $"{one.Place} {one.EndNs}")), nowMs, () => Lapsed(lapsed));
        changed = findings.Changed;
        return findings.Take();
    }

    // Told once for each set of them, by whichever process looks.
    private static void Keep(FindingLog findings, List<OpenFinding> open, FindingKind kind, string about, long nowMs, Func<IReadOnlyList<FindingFact>> facts)
    {
        var known = open.Find(finding => finding.Kind == kind);
        if (known?.About == about || (known is null && about.Length == 0))
        {
            return;
        }

        findings.End(kind, null, nowMs);
        if (about.Length > 0)
        {
            findings.Note(kind, null, nowMs, facts(), about: about);
        }
    }

    private static FindingFact FactOf(QuarantinedRecord quarantined) => new(
        "Record", $"shard {quarantined.Record.ShardId}, {quarantined.Record.SequenceNumber}, sent under the key {quarantined.Record.PartitionKey}: {quarantined.Error}");

    private List<FindingFact> Refused() =>
    [
        .. rules.Refused.Take(MostNamed).Select(rule => new FindingFact("Refused", rule.ToString())),
        .. More(rules.Refused.Count),
    ];

    private static List<FindingFact> Lapsed(List<TuningException> lapsed) =>
    [
        .. lapsed.Take(MostNamed).Select(one => new FindingFact("Over", $"{one.Place}, for {string.Join(", ", one.Named)}: {one.Reason}")),
        .. More(lapsed.Count),
    ];

    private static IEnumerable<FindingFact> More(int count)
    {
        if (count > MostNamed)
        {
            yield return new FindingFact("More", Times.Count((ulong)(count - MostNamed)));
        }
    }

    private static string Hash(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, 8));
}
