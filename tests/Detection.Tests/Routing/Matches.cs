using Detection.Routing;
using Detection.Rules;

namespace Detection.Tests.Routing;

/// <summary>Which rules match which record, by the index and by trying them all.</summary>
internal sealed class Matches(RecordsView view) : IMatchSink
{
    private readonly List<(int Record, int Rule)> _found = [];

    /// <summary>By the index, as it reports them.</summary>
    public static List<(int Record, int Rule)> ByIndex(RuleScan scan, RecordsView view)
    {
        var matches = new Matches(view);
        scan.Match(view, matches);
        return matches._found;
    }

    /// <summary>By trying every rule on every record until it matches one.</summary>
    public static List<(int Record, int Rule)> ByFullScan(IReadOnlyList<SigmaRule> rules, RecordsView view)
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

    public void Matched(int rule, int record) => _found.Add((view.Record, rule));
}
