using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>Joins the firings of one rule in one partition to incidents and reports their changes. Bounded; not thread-safe.</summary>
internal sealed class IncidentLog(RuleInfo rule, IReadOnlyList<string> groupNames, long suppressionNs, Partition partition)
{
    /// <summary>Most open incidents of one group.</summary>
    private const int MaxSpans = 64;

    private readonly BoundedMap<string, IncidentGroup> _groups = new();
    private readonly PriorityQueue<string, long> _ends = new();

    // Entries from which on those of groups that were pushed out are looked for.
    private int _sweepAt = MaxSpans;

    /// <summary>Names of a group's values.</summary>
    public IReadOnlyList<string> GroupNames { get; } = groupNames;

    /// <summary>The open incidents by group.</summary>
    public IEnumerable<KeyValuePair<string, IncidentGroup>> Groups => _groups.Entries;

    /// <summary>How many groups have open incidents.</summary>
    public int GroupCount => _groups.Count;

    /// <summary>Watermark at which an incident may have to be closed, ns; the end of time when none is open.</summary>
    public long NextDueNs => _ends.TryPeek(out _, out var endNs) ? endNs : long.MaxValue;

    /// <summary>Takes a firing up.</summary>
    /// <param name="scope">Its group.</param>
    /// <param name="final">The event that the rule fired at.</param>
    /// <param name="verdict">How sure it is.</param>
    /// <param name="again">True when it was taken up before as unknown, and now turns out certain.</param>
    /// <param name="witnesses">Makes the list of witnesses; asked only when an incident opens or escalates.</param>
    public void Fire(GroupScope scope, HostEvent final, Verdict verdict, bool again, Func<IReadOnlyList<Witness>> witnesses)
    {
        partition.NoteChange();
        partition.Context.Counters.Firings += again ? 0 : 1;
        var place = EventPlace.Of(final);
        var group = Touch(scope.Key, scope.Values);
        var known = again ? group.Find(place) : null;
        if ((known ?? group.Add(place, suppressionNs)) is { } span)
        {
            if (span.Verdict == Verdict.Unknown && verdict == Verdict.Certain)
            {
                span.Verdict = Verdict.Certain;
                Report(group, span, IncidentChange.Escalated, witnesses());
            }

            return;
        }

        span = new IncidentSpan { Id = Identify(scope.Key, final.Id), First = place, Last = place, Verdict = verdict };
        Restore(scope.Key, group, span);
        Report(group, span, IncidentChange.Opened, witnesses());
        Bound(group);
    }

    /// <summary>Reports the incidents that no firing can join any more.</summary>
    /// <param name="watermarkNs">No rule will fire at or before this time.</param>
    public void Close(long watermarkNs)
    {
        while (_ends.TryPeek(out var key, out var endNs) && endNs <= watermarkNs)
        {
            _ends.Dequeue();
            if (!_groups.TryPeek(key, out var group))
            {
                continue;
            }

            // They are ascending; one that was prolonged or joined stands in the queue once more than needed.
            while (group.Spans.Count > 0 && End(group.Spans[0]) <= watermarkNs)
            {
                Report(group, group.Spans[0], IncidentChange.Closed, []);
                group.Spans.RemoveAt(0);
            }

            if (group.Spans.Count == 0)
            {
                _groups.Remove(key);
            }
            else
            {
                _ends.Enqueue(key, End(group.Spans[0]));
            }
        }
    }

    /// <summary>A group, made if it is new.</summary>
    public IncidentGroup Touch(string key, string[] values) =>
        _groups.TryTouch(key, out var group) ? group : _groups.Add(key, new IncidentGroup(values));

    /// <summary>Takes up an open incident.</summary>
    public void Restore(string key, IncidentGroup group, IncidentSpan span)
    {
        group.Open(span);
        _ends.Enqueue(key, End(span));
        if (_ends.Count >= _sweepAt)
        {
            // One entry per group is enough; twice as many as stay, so that this costs no more than what came since.
            _ends.Clear();
            _ends.EnqueueRange(_groups.Entries.Where(entry => entry.Value.Spans.Count > 0).Select(entry => (entry.Key, End(entry.Value.Spans[0]))));
            _ends.TrimExcess();
            _sweepAt = Math.Max(MaxSpans, 2 * _ends.Count);
        }
    }

    private long End(IncidentSpan span) => Ns.Plus(span.Last.TimeNs, suppressionNs);

    private void Bound(IncidentGroup group)
    {
        if (group.Spans.Count > MaxSpans)
        {
            Evict(group, 1);
        }

        if (_groups.Count > partition.Context.Limits.IncidentGroupsPerRule)
        {
            EvictOldest();
        }
    }

    /// <summary>Pushes the group out that was touched least recently. There must be one.</summary>
    public void EvictOldest()
    {
        var (key, oldest) = _groups.Oldest;
        _groups.Remove(key);
        Evict(oldest, oldest.Spans.Count);
    }

    // Whoever was told of an incident is told of its end, even if it has to be forgotten early.
    private void Evict(IncidentGroup group, int count)
    {
        partition.Context.Counters.EvictedIncidents += count;
        foreach (var span in group.Spans.Take(count))
        {
            Report(group, span, IncidentChange.Closed, []);
        }

        group.Spans.RemoveRange(0, count);
    }

    private void Report(IncidentGroup group, IncidentSpan span, IncidentChange change, IReadOnlyList<Witness> witnesses)
    {
        partition.NoteChange();
        partition.Context.Report(new Incident
        {
            Id = span.Id,
            Change = change,
            Rule = rule,
            Group = [.. GroupNames.Zip(group.Values, KeyValuePair.Create)],
            FirstTimeNs = witnesses.Count > 0 ? witnesses[0].Event.TimeNs : span.First.TimeNs,
            LastTimeNs = span.Last.TimeNs,
            Firings = span.Firings,
            FirstFiring = span.First.Id,
            LastFiring = span.Last.Id,
            Witnesses = witnesses,
            Verdict = span.Verdict,
            Late = partition.Context.Late,
        });
    }

    private string Identify(string groupKey, EventId first)
    {
        var text = "";
        foreach (var part in (string[])[
            rule.Id, rule.SemanticHash, groupKey, first.HostId, first.BootId.ToString("N"),
            ((byte)first.Lane).ToString(CultureInfo.InvariantCulture), first.Sequence.ToString(CultureInfo.InvariantCulture)])
        {
            text = DerivedKeys.Join(text, part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
