using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>value_count</c>: how many distinct values, compared as exact text.</summary>
internal sealed class ValueCountCondition(NumericCondition condition) : WindowCondition
{
    private readonly HashSet<string> _seen = [];

    public override bool Holds(Window window)
    {
        _seen.Clear();
        for (var i = window.Count - 1; i >= 0; i--)
        {
            // More values cannot make a lower bound false.
            if (_seen.Add(window[i].Value) && condition.OnlyLowerBound && condition.Holds(_seen.Count))
            {
                return true;
            }
        }

        return condition.Holds(_seen.Count);
    }
}
