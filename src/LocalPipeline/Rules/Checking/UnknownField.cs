using Detection.Taxonomy;
using Wire.Text;

namespace LocalPipeline.Rules.Checking;

/// <summary>What is said of a field that no record of a log source has. Not escaped.</summary>
internal static class UnknownField
{
    /// <summary>What is wrong.</summary>
    internal static string Reason(string field, LogSource source) => $"the field {field} is never produced for {source}";

    /// <summary>What to write instead.</summary>
    /// <param name="field">The field.</param>
    /// <param name="source">The log source.</param>
    /// <param name="others">Names that are no fields and could have been meant as well.</param>
    internal static string WayOut(string field, LogSource source, params IEnumerable<string> others) =>
        NearestName.Find(field, HostTaxonomy.FieldNames(source).Concat(others)) is { } near
            ? $"did you mean {near}? docs/rules.md lists the fields"
            : "docs/rules.md lists the fields";
}
