using System.Globalization;
using Detection.Findings;
using Detection.Rules;

namespace LocalPipeline.Rules;

/// <summary>Sigma's own words for what rules hold.</summary>
internal static class RuleWords
{
    /// <summary>The shortest way to say which rule is meant: its name, else its title.</summary>
    internal static string NameOf(RuleInfo rule) => rule.Name.Length > 0 ? rule.Name : rule.Title;

    /// <summary>The rule's id, else its title.</summary>
    internal static string IdOrTitle(RuleInfo rule) => rule.Id == rule.Name ? rule.Title : rule.Id;

    /// <summary>For example <c>temporal_ordered</c>.</summary>
    internal static string Of(CorrelationType type) =>
        string.Concat(type.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>The type of a correlation as its author wrote it.</summary>
    internal static string TypeOf(CorrelationRule rule) => rule.IsMedian ? "value_median" : Of(rule.Type);

    /// <summary>For example <c>high</c>.</summary>
    internal static string Of(RuleLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>A length of time in seconds, exact to the ns.</summary>
    internal static string Seconds(long ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e9m:0.#########} s");

    /// <summary>For example <c>temporal_ordered within 10 s by host</c>.</summary>
    internal static string Of(CorrelationRule rule)
    {
        var groups = rule.GroupBy.Count == 0 ? "" : " by " + string.Join(", ", rule.GroupBy.Select(group => group.Name));
        return $"{TypeOf(rule)} within {Seconds(rule.TimespanNs)}{groups}";
    }
}
