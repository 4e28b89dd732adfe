using Detection.Rules;

namespace Detection.Correlation;

/// <summary>What rules remember of one host, or (the shared one) of groups over several hosts. Not thread-safe.</summary>
/// <param name="context">Bounds, counters and reports.</param>
/// <param name="correlations">How many correlations the pack has.</param>
/// <param name="rules">How many rules of either kind.</param>
/// <param name="lostBetween">Whether events were lost from one time to another, as far as that is known by a third.</param>
internal sealed class Partition(EvaluationContext context, int correlations, int rules, Func<long, long, long, bool> lostBetween)
{
    /// <summary>Bounds, counters and reports.</summary>
    public EvaluationContext Context { get; } = context;

    /// <summary>All events up to this time are there, ns.</summary>
    public long WatermarkNs { get; set; } = long.MinValue;

    /// <summary>The latest watermark up to which everything was answered, ns: what is no longer needed by then can be forgotten.</summary>
    public long SettledNs { get; set; } = long.MinValue;

    /// <summary>Hosts with events up to this time were forgotten, ns: nobody knows what they lost.</summary>
    public long ForgottenNs { get; set; } = long.MinValue;

    /// <summary>True when it is that of groups over several hosts.</summary>
    public bool IsShared { get; init; }

    /// <summary>Correlations that were added or changed when the state was taken up, and up to when they saw nothing, ns.</summary>
    public RuleTimes UnseenNs { get; } = new();

    /// <summary>
    /// Correlations of which bounds pushed out hits that could still matter, in whatever group, and up to when, ns. Of the shared one also
    /// those that it depends on, wherever they are remembered.
    /// </summary>
    public RuleTimes EvictedNs { get; } = new();

    /// <summary>Grows with every change of what is remembered here and matters.</summary>
    public long Changes { get; private set; }

    /// <summary>The correlations' states by number; null until there is something to remember.</summary>
    public CorrelationTracker?[] Trackers { get; } = new CorrelationTracker?[correlations];

    /// <summary>The incidents by number of the rule; null until there was one.</summary>
    public IncidentLog?[] Logs { get; } = new IncidentLog?[rules];

    /// <summary>Lowest watermark at which something has to be done, ns; kept low when in doubt.</summary>
    public long NextDueNs { get; private set; } = long.MaxValue;

    /// <summary>Notes that something changed that matters.</summary>
    public void NoteChange() => Changes++;

    /// <summary>Notes that hits of a correlation up to a time were pushed out.</summary>
    public void NoteEvicted(CorrelationRule rule, long timeNs)
    {
        EvictedNs.Raise(rule, timeNs);
        Changes++;
        Context.Evicted?.Invoke(rule, timeNs);
    }

    /// <summary>Looks when something has to be done next.</summary>
    public void Schedule()
    {
        NextDueNs = long.MaxValue;
        foreach (var tracker in Trackers)
        {
            NextDueNs = Math.Min(NextDueNs, tracker?.NextDueNs ?? long.MaxValue);
        }

        foreach (var log in Logs)
        {
            NextDueNs = Math.Min(NextDueNs, log?.NextDueNs ?? long.MaxValue);
        }
    }

    /// <summary>Something may have to be done at a watermark.</summary>
    public void Expect(long dueNs) => NextDueNs = Math.Min(NextDueNs, dueNs);

    /// <summary>Reports the incidents that are over at a watermark.</summary>
    public void CloseIncidents(long watermarkNs)
    {
        foreach (var log in Logs)
        {
            log?.Close(watermarkNs);
        }
    }

    /// <summary>Forgets all that can no longer be needed.</summary>
    public void Compact()
    {
        foreach (var tracker in Trackers)
        {
            tracker?.Compact();
        }
    }

    /// <summary>
    /// True when events were lost from one time to another. Counted is what shows within the lateness bound, so that the answer does
    /// not depend on when it is asked for (docs: decision 0008).
    /// </summary>
    public bool LostBetween(long fromNs, long toNs) => ForgottenNs >= fromNs || lostBetween(fromNs, toNs, Ns.Plus(toNs, Context.Limits.LatenessNs));
}
