using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>value_sum</c> and <c>value_avg</c>. Exact: a mean is compared as sum against bound times count.</summary>
internal sealed class SumCondition(CorrelationRule rule) : WindowCondition
{
    public override bool Holds(Window window)
    {
        var sum = 0m;
        for (var i = 0; i < window.Count; i++)
        {
            sum += window[i].Number;
        }

        return rule.Condition!.Holds(sum, rule.Type == CorrelationType.ValueAvg ? window.Count : 1);
    }
}
