using Detection.Findings;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>An incident as it must be closed.</summary>
internal sealed record OracleIncident(string Rule, string Group, EventId First, EventId Last, int Firings, OracleVerdict Verdict)
{
    /// <summary>One line per incident, in an order of its own, so that two sets are compared at a glance.</summary>
    public static IEnumerable<string> Lines(IEnumerable<OracleIncident> incidents) => incidents.Select(incident => incident.Line).Order(StringComparer.Ordinal);

    /// <summary>What the engine said, in the same form.</summary>
    public static OracleIncident Of(Incident incident) => new(
        incident.Rule.Title, string.Join(", ", incident.Group.Select(entry => $"{entry.Key}={entry.Value}")), incident.FirstFiring,
        incident.LastFiring, (int)incident.Firings, incident.Verdict == Findings.Verdict.Certain ? OracleVerdict.Certain : OracleVerdict.Unknown);

    private string Line => $"{Rule} [{Group}] {Short(First)} .. {Short(Last)} x{Firings} {Verdict}";

    private static string Short(EventId id) => $"{id.HostId}/{id.BootId.ToString("N")[..1]}/{id.Lane}#{id.Sequence}";
}
