namespace Detection.Correlation;

/// <summary>The incidents of one rule and group as spans of firing times, ascending, further apart than the suppression time.</summary>
internal sealed class SpanSet
{
    /// <summary>Most incidents that are remembered for late firings to fall into.</summary>
    private const int MaxSpans = 64;

    private readonly List<(long FirstNs, long LastNs)> _spans = [];

    /// <summary>Adds a firing: to the incident that it is near to, joining two that it is near to both, or as a new one.</summary>
    /// <param name="timeNs">When the rule fired.</param>
    /// <param name="suppressionNs">Silence that ends an incident.</param>
    /// <param name="forgotten">Time at which an incident ended that had to be forgotten for this one; null when none had to.</param>
    /// <returns>True when it opens an incident.</returns>
    public bool Add(long timeNs, long suppressionNs, out long? forgotten)
    {
        forgotten = null;
        var first = _spans.FindIndex(span => span.LastNs >= timeNs - suppressionNs);
        if (first < 0 || _spans[first].FirstNs - suppressionNs > timeNs)
        {
            _spans.Insert(first < 0 ? _spans.Count : first, (timeNs, timeNs));
            if (_spans.Count > MaxSpans)
            {
                forgotten = _spans[0].LastNs;
                _spans.RemoveAt(0);
            }

            return true;
        }

        var (firstNs, lastNs) = _spans[first];
        lastNs = Math.Max(lastNs, timeNs);
        if (first + 1 < _spans.Count && _spans[first + 1].FirstNs - lastNs <= suppressionNs)
        {
            lastNs = _spans[first + 1].LastNs;
            _spans.RemoveAt(first + 1);
        }

        _spans[first] = (Math.Min(firstNs, timeNs), lastNs);
        return false;
    }
}
