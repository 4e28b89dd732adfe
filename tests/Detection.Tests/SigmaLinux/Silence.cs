using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Tests.SigmaLinux;

/// <summary>Why no event of our sensor fulfils a rule.</summary>
internal static class Silence
{
    /// <summary>The reason, for the report.</summary>
    public static string ReasonOf(SigmaRule rule)
    {
        if (!HostTaxonomy.Fed.Any(rule.Source.Covers))
        {
            return "records of this source are not fed";
        }

        var needs = Branches.Of(rule.Matcher).Take(100).SelectMany(way => way).ToList();
        var missing = needs.Select(need => need.Field).Where(field => field.Length > 0 && !HostTaxonomy.Produces(field, rule.Source)).Distinct().ToList();
        return missing.Count > 0
            ? $"our events have no {string.Join(", ", missing)}"
            : $"our events never hold {string.Join(", ", needs.Select(need => $"{need.Field}={need.Text}").Distinct().Take(6))}";
    }
}
