using System.Numerics;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Matches events against the rules of an index. Holds what one thread needs; not thread-safe.</summary>
internal sealed class RuleScan
{
    private readonly RuleIndex _index;
    private readonly RecentParts _recent;
    private readonly List<(HostRecord[] Records, EventPlan Plan)> _plans = [];
    private readonly RecordMarks[] _marks;
    private readonly ulong[] _reported;

    public RuleScan(RuleIndex index)
    {
        _index = index;
        _recent = new RecentParts(index);
        _marks = [.. Enumerable.Range(0, HostRecordShapes.MaxRecords).Select(_ => new RecordMarks(index.Hits, index.Layout))];
        _reported = new ulong[index.Layout.RowWords];
        Tried = new long[index.Rules.Length];
    }

    /// <summary>How often a rule was tried on a record.</summary>
    public long CandidatesTried { get; private set; }

    /// <summary>The same by rule; the caller may begin anew.</summary>
    public long[] Tried { get; }

    /// <summary>How many sources are remembered.</summary>
    public int SourcesKnown => _recent.Count;

    /// <summary>How many steps were taken through texts; see <see cref="FieldIndex.Scan(EventView, RecordMarks)"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Reports every rule that matches a record of the event, once, while the first such record is in view; records in their order, the
    /// rules of a record by number. A rule is tried at most once a record. Allocates nothing unless a source is new.
    /// </summary>
    /// <param name="view">The event; turned to its last record afterwards.</param>
    /// <param name="sink">Takes the rules up.</param>
    public void Match(EventView view, IMatchSink sink)
    {
        Array.Clear(_reported);
        if (view is HostEventView host)
        {
            Match(host, sink);
            return;
        }

        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            var parts = _recent.Of(view.Source);
            if (parts.Length > 0)
            {
                Mark(view, parts);
                Try(view, record, _marks[0], sink);
            }
        }
    }

    private void Match(HostEventView view, IMatchSink sink)
    {
        Steps += PlanOf(view.Shapes).Scan(view, _marks);
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            Try(view, record, _marks[record], sink);
        }
    }

    private EventPlan PlanOf(HostRecord[] records)
    {
        foreach (var (known, plan) in _plans)
        {
            if (ReferenceEquals(known, records))
            {
                return plan;
            }
        }

        var made = new EventPlan(_index, records, _marks);
        _plans.Add((records, made));
        return made;
    }

    private void Mark(EventView view, SourceIndex[] parts)
    {
        _marks[0].Begin();
        foreach (var part in parts)
        {
            Steps += part.Scan(view, _marks[0]);
        }
    }

    private void Try(EventView view, int record, RecordMarks marks, IMatchSink sink)
    {
        var word = 0;
        for (var rules = marks.NextRules(ref word); rules != 0; word++, rules = marks.NextRules(ref word))
        {
            for (rules &= ~_reported[word]; rules != 0; rules &= rules - 1)
            {
                var bit = BitOperations.TrailingZeroCount(rules);
                var rule = (word * 64) + bit;
                CandidatesTried++;
                Tried[rule]++;
                if (_index.Rules[rule].Matches(view))
                {
                    _reported[word] |= 1UL << bit;
                    sink.Matched(rule, record);
                }
            }
        }
    }
}
