using System.IO.Enumeration;
using Detection.Findings;

namespace Detection.Tuning;

/// <summary>A time in which people work on hosts: what their work sets off is summed up, not told one by one. Immutable and thread-safe.</summary>
/// <param name="Reason">Why; not empty.</param>
/// <param name="FromNs">Begin, ns since 1970 UTC.</param>
/// <param name="ToNs">End, itself outside, ns since 1970 UTC.</param>
public sealed record MaintenanceWindow(string Reason, long FromNs, long ToNs)
{
    /// <summary>Ids or names of hosts, with <c>*</c> and <c>?</c>; never empty.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Ids or names of rules; empty = all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Incidents of a higher level are told all the same. Default <see cref="RuleLevel.High"/>: what is critical always is.</summary>
    public RuleLevel UpTo { get; init; } = RuleLevel.High;

    /// <summary>True for an incident that is summed up.</summary>
    internal bool Covers(RuleInfo rule, string hostId, string hostName, long timeNs) =>
        timeNs >= FromNs && timeNs < ToNs && rule.Level <= UpTo
        && (Rules.Count == 0 || Rules.Contains(rule.Id) || Rules.Contains(rule.Name))
        && Hosts.Any(pattern => Fits(pattern, hostId) || Fits(pattern, hostName));

    private static bool Fits(string pattern, string name) => name.Length > 0 && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
