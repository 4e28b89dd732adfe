using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>value_percentile</c>: linear interpolation between the closest ranks.</summary>
internal sealed class PercentileCondition(NumericCondition condition, decimal percentile) : WindowCondition
{
    private readonly List<decimal> _numbers = [];

    public override bool Holds(Window window)
    {
        _numbers.Clear();
        for (var i = 0; i < window.Count; i++)
        {
            _numbers.Add(window[i].Number);
        }

        _numbers.Sort();
        var rank = percentile / 100 * (_numbers.Count - 1);
        var below = (int)decimal.Floor(rank);
        var above = Math.Min(below + 1, _numbers.Count - 1);
        return condition.Holds(_numbers[below] + ((rank - below) * (_numbers[above] - _numbers[below])));
    }
}
