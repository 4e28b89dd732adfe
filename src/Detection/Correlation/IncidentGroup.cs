namespace Detection.Correlation;

/// <summary>The open incidents of one rule and group, ascending, further apart than the suppression time. Not thread-safe.</summary>
/// <param name="values">Values of the group, for people.</param>
internal sealed class IncidentGroup(string[] values)
{
    /// <summary>Values of the group, one per name.</summary>
    public string[] Values { get; } = values;

    /// <summary>The incidents.</summary>
    public List<IncidentSpan> Spans { get; } = [];

    /// <summary>Adds a firing to the incident that it is near to, joining two that it is near to both.</summary>
    /// <param name="place">Where the rule fired.</param>
    /// <param name="suppressionNs">Silence that ends an incident.</param>
    /// <returns>The incident; null when it is near to none.</returns>
    public IncidentSpan? Add(EventPlace place, long suppressionNs)
    {
        var fromNs = Ns.Minus(place.TimeNs, suppressionNs);
        var i = 0;
        while (i < Spans.Count && Spans[i].Last.TimeNs < fromNs)
        {
            i++;
        }

        if (i == Spans.Count || Spans[i].First.TimeNs > Ns.Plus(place.TimeNs, suppressionNs))
        {
            return null;
        }

        Spans[i].Add(place);
        if (i + 1 < Spans.Count && Spans[i + 1].First.TimeNs <= Ns.Plus(Spans[i].Last.TimeNs, suppressionNs))
        {
            Spans[i].Join(Spans[i + 1]);
            Spans.RemoveAt(i + 1);
        }

        return Spans[i];
    }

    /// <summary>The incident that a firing was added to; null when it is no longer there.</summary>
    public IncidentSpan? Find(EventPlace place) => Spans.Find(span => span.First.CompareTo(place) <= 0 && span.Last.CompareTo(place) >= 0);

    /// <summary>Adds a new incident where it belongs.</summary>
    public void Open(IncidentSpan span)
    {
        var after = Spans.FindIndex(other => other.First.CompareTo(span.First) > 0);
        Spans.Insert(after < 0 ? Spans.Count : after, span);
    }
}
