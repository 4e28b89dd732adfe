using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace LocalPipeline.Rules;

/// <summary>Shows events to single rules, one after another. Not thread-safe.</summary>
internal sealed class RuleSight
{
    private readonly EventViews _views = new();

    /// <summary>True when the rule matches one of the records that it sees of the event.</summary>
    internal bool Matches(SigmaRule rule, HostEvent e) => Records(rule, e).Any(rule.Matches);

    /// <summary>The records of the event that the rule sees; each is in view until the next is asked for.</summary>
    internal IEnumerable<EventView> Records(SigmaRule rule, HostEvent e)
    {
        var view = _views.Show(e);
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            if (rule.Source.Covers(view.Source))
            {
                yield return view;
            }
        }
    }
}
