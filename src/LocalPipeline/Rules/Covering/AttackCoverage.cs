using Detection.Findings;
using Detection.Rules;

namespace LocalPipeline.Rules.Covering;

/// <summary>Which ATT&amp;CK tactics and techniques the alerting rules of a pack are tagged with. Immutable.</summary>
internal sealed class AttackCoverage
{
    private const string Prefix = "attack.";

    internal AttackCoverage(RulePack pack)
    {
        RuleInfo[] rules = [.. pack.Rules.Concat<Rule>(pack.Correlations).Where(rule => rule.AlertsAlone).Select(rule => rule.Info)];
        Rules = rules.Length;
        Techniques = Rows(rules, TechniquesOf);
        Tactics = Rows(rules, TacticsOf);
        Untagged = [.. rules.Where(rule => !TechniquesOf(rule).Any())];
    }

    /// <summary>Number of rules that alert. Parts of correlations are not counted.</summary>
    internal int Rules { get; }

    /// <summary>By technique id, for example <c>T1003.008</c>.</summary>
    internal IReadOnlyList<CoverageRow> Techniques { get; }

    /// <summary>By tactic, for example <c>credential-access</c>.</summary>
    internal IReadOnlyList<CoverageRow> Tactics { get; }

    /// <summary>Rules without any technique.</summary>
    internal IReadOnlyList<RuleInfo> Untagged { get; }

    /// <summary>The tactics that a rule is tagged with, as ATT&amp;CK writes them.</summary>
    internal static IEnumerable<string> TacticsOf(RuleInfo rule) => AttackTags(rule).Where(tag => !IsTechnique(tag) && !IsOther(tag))
        .Select(tag => tag.Replace('_', '-').ToLowerInvariant()).Distinct();

    private static IEnumerable<string> TechniquesOf(RuleInfo rule) => AttackTags(rule).Where(IsTechnique).Select(tag => tag.ToUpperInvariant()).Distinct();

    private static CoverageRow[] Rows(RuleInfo[] rules, Func<RuleInfo, IEnumerable<string>> keysOf) =>
    [
        .. rules.SelectMany(rule => keysOf(rule).Select(key => (Key: key, Rule: rule)))
            .GroupBy(entry => entry.Key, entry => entry.Rule, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new CoverageRow(group.Key, [.. group])),
    ];

    private static IEnumerable<string> AttackTags(RuleInfo rule) =>
        rule.Tags.Where(tag => tag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Select(tag => tag[Prefix.Length..]);

    private static bool IsTechnique(string tag) => HasNumber(tag, 't');

    // Groups and software have tags of the same form.
    private static bool IsOther(string tag) => HasNumber(tag, 'g') || HasNumber(tag, 's') || HasNumber(tag, 'c');

    private static bool HasNumber(string tag, char kind) => tag.Length > 1 && char.ToLowerInvariant(tag[0]) == kind && char.IsAsciiDigit(tag[1]);
}
