using Detection.Rules;

namespace Detection.Correlation;

/// <summary>The condition of a correlation on the hits in a window. May keep scratch memory; not thread-safe.</summary>
internal abstract class WindowCondition
{
    /// <summary>The condition of a rule that is not <c>temporal_ordered</c>.</summary>
    public static WindowCondition For(CorrelationRule rule) => rule.Type switch
    {
        CorrelationType.EventCount => new EventCountCondition(rule.Condition!),
        CorrelationType.ValueCount => new ValueCountCondition(rule.Condition!),
        CorrelationType.Temporal => new TemporalCondition(rule),
        CorrelationType.ValueSum or CorrelationType.ValueAvg => new SumCondition(rule),
        CorrelationType.ValuePercentile => new PercentileCondition(rule.Condition!, rule.Percentile),
        _ => throw new ArgumentException($"{rule.Type} has no condition on a window", nameof(rule)),
    };

    /// <summary>True when it holds.</summary>
    public abstract bool Holds(Window window);

    /// <summary>Starts a walk over windows whose starts and ends only go on: at an empty one.</summary>
    public virtual void StartWalk()
    {
    }

    /// <summary>The walk comes to a window that holds one hit more.</summary>
    public virtual void Enter(Hit hit)
    {
    }

    /// <summary>The walk comes to a window that a hit is no longer in.</summary>
    public virtual void Leave(Hit hit)
    {
    }

    /// <summary>True when it holds for the window that the walk is at.</summary>
    public virtual bool HoldsOnWalk(Window window) => Holds(window);

    /// <summary>The hits to show when it holds.</summary>
    public virtual IEnumerable<Hit> Witnesses(Window window) => window;
}
