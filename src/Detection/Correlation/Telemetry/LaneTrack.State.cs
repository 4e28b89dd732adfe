namespace Detection.Correlation.Telemetry;

/// <content>What matters of a lane beyond its progress, and what is assumed of it after it was loaded.</content>
internal sealed partial class LaneTrack
{
    /// <summary>
    /// From the time that the lane was loaded until a frame goes on from there: what is missing behind its last number may have been seen by somebody
    /// who did not write it down, if the host speaks of it by this time, ns. Else the beginning of time.
    /// </summary>
    public long AssumesUntilNs { get; set; } = long.MinValue;

    /// <summary>The highest number that anything is known of; 0 when there is none.</summary>
    public ulong Last => _segments.Count > 0 ? _segments[^1].Last : 0;

    /// <summary>True when numbers are missing between the highest one and another.</summary>
    public bool IsBefore(ulong number) => number > Last && number - Last > 1;

    /// <summary>
    /// Takes the numbers from the last known one up to before another as seen by somebody who did not write that down. Where nothing is known of
    /// the lane nothing is taken up: that there was a lane is always written down.
    /// </summary>
    public void Assume(ulong before)
    {
        if (_segments.Count > 0 && IsBefore(before))
        {
            Put(new Segment(Last + 1, before - 1, SegmentKind.Assumed, Segment.NoTime, Segment.NoTime));
            _assumed = true;
        }
    }

    /// <summary>Takes for seen what was assumed before a time: nothing of it will come any more.</summary>
    public void SettleAssumed(long timeNs)
    {
        if (!_assumed)
        {
            return;
        }

        _assumed = false;
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            if (_segments[i].Kind != SegmentKind.Assumed)
            {
                continue;
            }

            if (i + 1 < _segments.Count && _segments[i + 1].LastTimeNs != Segment.NoTime && _segments[i + 1].LastTimeNs <= timeNs)
            {
                _segments[i] = _segments[i] with { Kind = SegmentKind.Covered };
                MergeAt(i);
                MergeAt(i - 1);
                _contiguous = 0;
            }
            else
            {
                _assumed = true;
            }
        }
    }

    /// <summary>What was lost, from the newest to the oldest.</summary>
    /// <param name="missingSinceNs">Numbers that are neither known nor lost are of events later than this.</param>
    public IEnumerable<LossSpan> Losses(long missingSinceNs)
    {
        var afterNs = Segment.NoTime;
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            if (_segments[i].IsLost)
            {
                yield return new LossSpan(StartOf(i, missingSinceNs), afterNs, ToldOf(i));
            }
            else if (_segments[i].FirstTimeNs != Segment.NoTime)
            {
                afterNs = _segments[i].FirstTimeNs;
            }
        }
    }

    /// <summary>Adds what must not be forgotten: all but how far the last range goes, and until when.</summary>
    public void AddTo(ref ShapeHash shape, long missingSinceNs)
    {
        shape.Add(Base);
        for (var i = 0; i < _segments.Count; i++)
        {
            shape.Add(_segments[i].First);
            shape.Add((ulong)_segments[i].Kind);
            shape.Add(i + 1 < _segments.Count || _segments[i].IsLost ? _segments[i].Last : 0);
        }

        if (!HasLosses)
        {
            return;
        }

        foreach (var loss in Losses(missingSinceNs))
        {
            shape.Add(loss.StartNs);
            shape.Add(loss.EndNs);
        }
    }
}
