using Detection.Findings;
using Detection.Rules;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>The state of one correlation in one partition. Not thread-safe.</summary>
/// <remarks>
/// Each new hit is put where it belongs in time, and exactly those events are looked at again whose window it lies in. A condition that
/// more events can only make true is answered at once; any other when the watermark has passed the event: so what fires does not
/// depend on the order of arrival. Where inner correlations may fire with the verdict unknown, the certain hits are evaluated a second
/// time alone: a firing is certain when it is one of theirs, too.
/// </remarks>
internal abstract class CorrelationTracker
{
    private const int LeastSweep = 128;

    private readonly FiringHandler _onFiring;
    private readonly PriorityQueue<(HitGroup Group, Hit Hit), EventPlace> _undecided = new();

    // Waiting hits from which on those that were pushed out are looked for: they keep events in memory.
    private int _sweepAt = LeastSweep;

    /// <param name="rule">The correlation.</param>
    /// <param name="partition">Whose state this is.</param>
    /// <param name="onFiring">Takes the firings.</param>
    /// <param name="lists">Lists of hits per group.</param>
    /// <param name="latestHits">See <see cref="HitStore"/>.</param>
    protected CorrelationTracker(CorrelationRule rule, Partition partition, FiringHandler onFiring, int lists, int? latestHits = null)
    {
        Rule = rule;
        Partition = partition;
        _onFiring = onFiring;
        Store = new HitStore(lists, rule, latestHits ?? 1, latestHits, partition);
    }

    /// <summary>Takes a firing up.</summary>
    /// <param name="rule">What fired.</param>
    /// <param name="final">The hit that completes it.</param>
    /// <param name="scope">Its group.</param>
    /// <param name="verdict">How sure it is.</param>
    /// <param name="again">True when it was taken up before as unknown, and now turns out certain.</param>
    /// <param name="witnesses">Makes the list of witnesses.</param>
    internal delegate void FiringHandler(
        CorrelationRule rule, Hit final, GroupScope scope, Verdict verdict, bool again, Func<IReadOnlyList<Witness>> witnesses);

    /// <summary>The tracker that a correlation needs.</summary>
    public static CorrelationTracker For(CorrelationRule rule, Partition partition, FiringHandler onFiring)
    {
        var tracker = Make(rule, partition, onFiring);
        if (rule.Rules.OfType<CorrelationRule>().Any(inner => inner.CanBeUnknown))
        {
            tracker.OfCertain = Make(rule, partition, onFiring);
            tracker.OfCertain.OfAll = tracker;
        }

        return tracker;
    }

    private static CorrelationTracker Make(CorrelationRule rule, Partition partition, FiringHandler onFiring) => rule.Type switch
    {
        CorrelationType.TemporalOrdered when rule.GroupBy.Any(entry => entry.IsRelation) => new RelatedOrderTracker(rule, partition, onFiring),
        CorrelationType.TemporalOrdered => new OrderTracker(rule, partition, onFiring),
        _ => new WindowTracker(rule, partition, onFiring),
    };

    /// <summary>The correlation.</summary>
    public CorrelationRule Rule { get; }

    /// <summary>What is remembered.</summary>
    public HitStore Store { get; }

    /// <summary>The same over the certain hits alone; null when no hit can be anything else.</summary>
    public CorrelationTracker? OfCertain { get; private set; }

    /// <summary>The one over all hits, for that over the certain ones; else null.</summary>
    private CorrelationTracker? OfAll { get; set; }

    /// <summary>Time of the first event whose verdict waits for the watermark, ns; the end of time when none does.</summary>
    public long NextDueNs => _undecided.TryPeek(out _, out var place) ? place.TimeNs : long.MaxValue;

    /// <summary>Whose state this is.</summary>
    protected Partition Partition { get; }

    /// <summary>Takes a hit up and answers what can be answered without waiting.</summary>
    public void Apply(Hit hit)
    {
        // First the certain ones: so nothing that is certain at once is called unknown before.
        if (OfCertain is not null && hit.Verdict == Verdict.Certain)
        {
            OfCertain.TakeUp(hit.Copy());
        }

        TakeUp(hit);
    }

    /// <summary>Forgets all that can no longer be needed.</summary>
    public void Compact()
    {
        OfCertain?.Compact();
        Store.Compact(Partition.SettledNs);
    }

    /// <summary>Answers what waited, up to the watermark.</summary>
    public void Decide()
    {
        OfCertain?.Decide();
        while (_undecided.TryPeek(out var waiting, out var place) && place.TimeNs <= Partition.WatermarkNs)
        {
            _undecided.Dequeue();
            Partition.NoteChange();
            if (waiting.Hit.IsEvicted)
            {
                CountUnknown(1);
            }
            else if (!waiting.Hit.IsDecided)
            {
                waiting.Hit.IsDecided = true;
                Evaluate(waiting.Group, waiting.Hit);
            }
        }
    }

    /// <summary>Looks at every remembered hit that waits, after a state was restored.</summary>
    public void RestoreWaiting()
    {
        if (Rule.IsMonotone)
        {
            return;
        }

        foreach (var group in Store.Groups)
        {
            for (var list = 0; list < group.Lists; list++)
            {
                for (var i = 0; i < group[list].Count; i++)
                {
                    if (!group[list][i].IsDecided && Completes(group[list][i]))
                    {
                        _undecided.Enqueue((group, group[list][i]), EventPlace.Of(group[list][i].Event));
                    }
                }
            }
        }
    }

    /// <summary>Takes a hit up among those of this tracker.</summary>
    protected abstract void TakeUp(Hit hit);

    /// <summary>True when the rule can fire at such a hit.</summary>
    protected virtual bool Completes(Hit hit) => true;

    /// <summary>Fires at a hit if the condition holds there.</summary>
    protected abstract void Evaluate(HitGroup group, Hit final);

    /// <summary>Fires at a hit if the condition holds there: now, or in the first <see cref="Decide"/> that the watermark allows the answer in.</summary>
    protected void EvaluateOrWait(HitGroup group, Hit final)
    {
        if (Rule.IsMonotone)
        {
            Evaluate(group, final);
        }
        else if (!final.IsDecided)
        {
            _undecided.Enqueue((group, final), EventPlace.Of(final.Event));
            SweepEvicted();
        }
    }

    /// <summary>True when the earlier event lies in the window that ends at the later one.</summary>
    protected bool WithinTimespan(HostEvent earlier, HostEvent later) => Ns.Minus(later.TimeNs, Rule.TimespanNs) <= earlier.TimeNs;

    /// <summary>Start of the window that ends at an event, ns.</summary>
    protected long WindowStart(HostEvent final) => Ns.Minus(final.TimeNs, Rule.TimespanNs);

    /// <summary>The condition holds at <paramref name="final"/>: fires, once per event and group.</summary>
    protected void Fire(HitGroup group, Hit final, string? relation, Func<IReadOnlyList<Witness>> witnesses)
    {
        var scope = final.Scope;
        if (relation is not null)
        {
            var values = (string[])[.. scope.Values];
            values[Array.IndexOf([.. Rule.GroupBy], Rule.GroupBy.First(entry => entry.IsRelation))] = relation;
            scope = new GroupScope(DerivedKeys.Join(scope.Key, relation), values);
        }

        if (!TryMarkFired(group, final, relation ?? ""))
        {
            return;
        }

        var isCertain = OfCertain?.HasFired(final, relation ?? "") != false;
        if (!Rule.IsMonotone)
        {
            // That it holds over the certain hits alone says nothing yet.
            if (OfAll is null)
            {
                _onFiring(Rule, final, scope, isCertain && !DependsOnUnknown(group, final) ? Verdict.Certain : Verdict.Unknown, false, witnesses);
            }
        }
        else if (OfCertain is null || !isCertain)
        {
            // Else it was taken up when it held over the certain hits, which is reason enough.
            _onFiring(Rule, final, scope, isCertain ? Verdict.Certain : Verdict.Unknown, OfAll?.HasFired(final, relation ?? "") == true, witnesses);
        }
    }

    /// <summary>A chain ends in <paramref name="final"/>: fires, once per event and group.</summary>
    protected void Fire(HitGroup group, Hit final, string? relation, ChainLink chain) =>
        Fire(group, final, relation, () => WitnessesOf(chain.Hits()));

    /// <summary>The condition does not hold at <paramref name="final"/>: counts that, if events that are missing could change it.</summary>
    protected void DoNotFire(HitGroup group, Hit final)
    {
        if (!Rule.IsMonotone && (OfCertain?.HasFired(final, "") == true || DependsOnUnknown(group, final)))
        {
            CountUnknown(1);
        }
    }

    /// <summary>Counts verdicts that could not be given; those over the certain hits alone are not given to anyone.</summary>
    protected void CountUnknown(int verdicts) => Partition.Context.Counters.UnknownVerdicts += OfAll is null ? verdicts : 0;

    /// <summary>True when the rule fired at a hit's event, in the hit's group and with a relation.</summary>
    protected abstract bool HasFired(Hit final, string relation);

    /// <summary>Notes that the rule fired at a hit's event.</summary>
    /// <returns>False when that was noted before.</returns>
    protected virtual bool TryMarkFired(HitGroup group, Hit final, string relation) => final.TryMarkFired(relation);

    /// <summary>The witnesses of several hits, each event once, in event order.</summary>
    protected IReadOnlyList<Witness> WitnessesOf(IEnumerable<Hit> hits)
    {
        var witnesses = new WitnessList(hits.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var hit in hits)
        {
            if (hit.Inner is null)
            {
                witnesses.Add(hit.WitnessOf(Rule.Rules[hit.Role].Info.Title));
                continue;
            }

            foreach (var witness in hit.Inner)
            {
                witnesses.Add(witness);
            }
        }

        return witnesses.InOrder();
    }

    // Twice as many as last stayed: so a sweep costs no more than what came since.
    private void SweepEvicted()
    {
        if (_undecided.Count < _sweepAt)
        {
            return;
        }

        var kept = _undecided.UnorderedItems.Where(waiting => !waiting.Element.Hit.IsEvicted).ToList();
        CountUnknown(_undecided.Count - kept.Count);
        _undecided.Clear();
        _undecided.EnqueueRange(kept);
        _undecided.TrimExcess();
        _sweepAt = Math.Max(LeastSweep, 2 * kept.Count);
    }

    private bool DependsOnUnknown(HitGroup group, Hit final)
    {
        var fromNs = WindowStart(final.Event);
        return Partition.UnseenNs[Rule] >= fromNs
            || group.EvictedNs >= fromNs || Store.EvictedNs >= fromNs
            || Rule.Rules.OfType<CorrelationRule>().Any(inner => MayHideFirings(inner, fromNs))
            || Partition.LostBetween(Ns.Minus(final.Event.TimeNs, Rule.ReachNs), final.Event.TimeNs);
    }

    // A firing from a time on that an inner correlation owes to what it did not see, or was made to forget.
    private bool MayHideFirings(CorrelationRule inner, long fromNs)
    {
        var innerFromNs = Ns.Minus(fromNs, inner.TimespanNs);
        return Partition.UnseenNs[inner] >= innerFromNs
            || Partition.EvictedNs[inner] >= innerFromNs
            || inner.Rules.OfType<CorrelationRule>().Any(part => MayHideFirings(part, innerFromNs));
    }
}
