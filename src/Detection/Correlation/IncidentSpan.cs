using Detection.Findings;

namespace Detection.Correlation;

/// <summary>An incident that is open. Not thread-safe.</summary>
internal sealed class IncidentSpan
{
    public required string Id { get; init; }

    public required EventPlace First { get; set; }

    public required EventPlace Last { get; set; }

    public long Firings { get; set; } = 1;

    public Verdict Verdict { get; set; }

    /// <summary>Takes a firing up.</summary>
    public void Add(EventPlace place)
    {
        First = place.CompareTo(First) < 0 ? place : First;
        Last = place.CompareTo(Last) > 0 ? place : Last;
        Firings++;
    }

    /// <summary>Takes a later incident up that a firing has joined to this one.</summary>
    public void Join(IncidentSpan later)
    {
        Last = later.Last;
        Firings += later.Firings;
        Verdict = later.Verdict == Verdict.Certain ? Verdict.Certain : Verdict;
    }
}
