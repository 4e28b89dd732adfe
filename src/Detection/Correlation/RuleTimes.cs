using Detection.Rules;

namespace Detection.Correlation;

/// <summary>A time for each of some correlations, which only grows. Not thread-safe.</summary>
internal sealed class RuleTimes
{
    private Dictionary<CorrelationRule, long>? _times;

    /// <summary>The time of a correlation, ns; the beginning of time where there is none.</summary>
    public long this[CorrelationRule rule] => _times?.GetValueOrDefault(rule, long.MinValue) ?? long.MinValue;

    /// <summary>Takes up a time.</summary>
    /// <returns>False when it is not later than the one that is known.</returns>
    public bool Raise(CorrelationRule rule, long timeNs)
    {
        if (timeNs <= this[rule])
        {
            return false;
        }

        (_times ??= [])[rule] = timeNs;
        return true;
    }
}
