using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Tests.Routing;

/// <summary>Which rules match which record, by the index and by trying them all.</summary>
internal sealed class Matches(EventView view) : IMatchSink
{
    private readonly List<(int Record, int Rule)> _found = [];

    /// <summary>By the index, as it reports them.</summary>
    public static List<(int Record, int Rule)> ByIndex(RuleScan scan, EventView view)
    {
        var matches = new Matches(view);
        scan.Match(view, matches);
        return matches._found;
    }

    /// <summary>By trying every rule on every record until it matches one.</summary>
    public static List<(int Record, int Rule)> ByFullScan(IReadOnlyList<SigmaRule> rules, EventView view)
    {
        var matches = new List<(int Record, int Rule)>();
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            matches.AddRange(Enumerable.Range(0, rules.Count)
                .Where(rule => rules[rule].Source.Covers(view.Source) && matches.All(match => match.Rule != rule) && rules[rule].Matches(view))
                .Select(rule => (record, rule)).ToList());
        }

        return matches;
    }

    public void Matched(int rule, int record)
    {
        Assert.True(view is not RecordsView records || records.Record == record, "another record is in view");
        _found.Add((record, rule));
    }
}
