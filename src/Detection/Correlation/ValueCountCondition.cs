using System.Runtime.InteropServices;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>value_count</c>: how many distinct values, compared as exact text.</summary>
internal sealed class ValueCountCondition(NumericCondition condition) : WindowCondition
{
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, int> _walked = [];

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

    public override void StartWalk() => _walked.Clear();

    public override void Enter(Hit hit) => CollectionsMarshal.GetValueRefOrAddDefault(_walked, hit.Value, out _)++;

    public override void Leave(Hit hit)
    {
        if (--CollectionsMarshal.GetValueRefOrNullRef(_walked, hit.Value) == 0)
        {
            _walked.Remove(hit.Value);
        }
    }

    public override bool HoldsOnWalk(Window window) => condition.Holds(_walked.Count);
}
