using Detection.Findings;
using Detection.Rules;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>The state of one correlation. Not thread-safe.</summary>
/// <remarks>
/// The condition only ever becomes true when events are added, never false. So each new event is put where it belongs in time, and
/// exactly those events are looked at again whose window it lies in: what fires does not depend on the order of arrival.
/// </remarks>
internal abstract class CorrelationTracker
{
    private readonly GroupScopeReader _scopes;
    private readonly IncidentLog _log;
    private readonly List<Hit> _hits = [];

    protected CorrelationTracker(CorrelationRule rule, EvaluationContext context)
    {
        Rule = rule;
        Context = context;
        _scopes = new GroupScopeReader(rule.GroupBy);
        _log = new IncidentLog(
            rule.Info,
            [.. rule.GroupBy.Select(entry => entry.Name)],
            Math.Max(rule.TimespanNs, context.Limits.SuppressionNs),
            context);
    }

    protected CorrelationRule Rule { get; }

    protected EvaluationContext Context { get; }

    protected int LastRole => Rule.Rules.Count - 1;

    /// <summary>The tracker that a correlation needs.</summary>
    public static CorrelationTracker For(CorrelationRule rule, EvaluationContext context) => rule.Type switch
    {
        CorrelationType.EventCount => new EventCountTracker(rule, context),
        _ when rule.GroupBy.Any(entry => entry.IsRelation) => new RelatedOrderTracker(rule, context),
        _ => new OrderTracker(rule, context),
    };

    /// <summary>Takes up the event in view.</summary>
    /// <param name="roles">Indices, ascending, of the referenced rules that it matched.</param>
    public void Apply(IReadOnlyList<int> roles)
    {
        _hits.Clear();
        foreach (var role in roles)
        {
            if (_scopes.Read(Context.View, role) is { } scope)
            {
                _hits.Add(new Hit(Context.View.Event, role, scope));
            }
            else
            {
                Context.Counters.MissingGroupFields++;
            }
        }

        Apply(_hits);
    }

    /// <summary>Remembers the hits, all of one event, and fires what they make true.</summary>
    protected abstract void Apply(List<Hit> hits);

    /// <summary>A store for hits of this correlation.</summary>
    /// <param name="lists">Lists per group.</param>
    /// <param name="fewestHits">What a list must hold whatever the limits say.</param>
    protected HitStore CreateStore(int lists, int fewestHits)
    {
        var limits = Context.Limits;
        return new HitStore(
            lists, Rule.TimespanNs + limits.LatenessNs, Math.Max(limits.HitsPerGroup, fewestHits), limits, Context.Counters);
    }

    /// <summary>True when the earlier event lies in the window that ends at the later one.</summary>
    protected bool WithinTimespan(HostEvent earlier, HostEvent later) => later.TimeNs - earlier.TimeNs <= Rule.TimespanNs;

    /// <summary>The hits of the last rule whose window a new hit lies in: none, unless it came late.</summary>
    protected IEnumerable<Hit> FinalsAfter(HitGroup group, Hit added)
    {
        var finals = group[LastRole];
        for (var i = finals.IndexAfter(added.Event); i < finals.Count && WithinTimespan(added.Event, finals[i].Event); i++)
        {
            yield return finals[i];
        }
    }

    /// <summary>The correlation fires at <paramref name="final"/>; once per event and group.</summary>
    /// <param name="final">The hit that completes it.</param>
    /// <param name="relation">Value of the relation in group-by, or null.</param>
    /// <param name="witnesses">Makes the list of witnesses.</param>
    protected void Fire(Hit final, string? relation, Func<IReadOnlyList<Witness>> witnesses)
    {
        var scope = final.Scope;
        var key = relation is null ? scope.Key : DerivedKeys.Join(scope.Key, relation);
        if (!final.TryMarkFired(key))
        {
            return;
        }

        var values = scope.Values;
        if (relation is not null)
        {
            values = [.. values];
            values[_scopes.RelationIndex] = relation;
        }

        _log.Fire(key, values, final.Event, witnesses);
    }

    protected Witness WitnessOf(Hit hit) => new(Rule.Rules[hit.Role].Info.Title, hit.Event);

    protected IReadOnlyList<Witness> WitnessesOf(ChainLink start)
    {
        var witnesses = new List<Witness>(Rule.Rules.Count);
        for (var link = start; link is not null; link = link.Next)
        {
            witnesses.Add(WitnessOf(link.Hit));
        }

        return witnesses;
    }
}
