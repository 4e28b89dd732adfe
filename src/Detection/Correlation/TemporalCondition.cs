using System.Numerics;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>temporal</c>: which of the referenced rules occur, in whatever order. Shown is the latest occurrence of each.</summary>
internal sealed class TemporalCondition(CorrelationRule rule) : WindowCondition
{
    private readonly ulong _all = ulong.MaxValue >> (64 - rule.Rules.Count);
    private readonly int[] _walked = new int[rule.Rules.Count];

    public override bool Holds(Window window)
    {
        var roles = 0ul;
        for (var i = window.Count - 1; i >= 0 && roles != _all; i--)
        {
            roles |= window[i].Roles;
        }

        return Holds(roles);
    }

    public override void StartWalk() => Array.Clear(_walked);

    public override void Enter(Hit hit) => Count(hit, 1);

    public override void Leave(Hit hit) => Count(hit, -1);

    public override bool HoldsOnWalk(Window window)
    {
        var roles = 0ul;
        for (var role = 0; role < _walked.Length; role++)
        {
            roles |= _walked[role] > 0 ? 1ul << role : 0;
        }

        return Holds(roles);
    }

    public override IEnumerable<Hit> Witnesses(Window window)
    {
        var shown = 0ul;
        for (var i = window.Count - 1; i >= 0 && shown != _all; i--)
        {
            if ((window[i].Roles & ~shown) != 0)
            {
                shown |= window[i].Roles;
                yield return window[i];
            }
        }
    }

    private void Count(Hit hit, int change)
    {
        for (var roles = hit.Roles; roles != 0; roles &= roles - 1)
        {
            _walked[BitOperations.TrailingZeroCount(roles)] += change;
        }
    }

    private bool Holds(ulong roles)
    {
        if (rule.Condition is { } condition)
        {
            return condition.Holds(BitOperations.PopCount(roles));
        }

        if (rule.Expression is not { } expression)
        {
            return roles == _all;
        }

        Span<bool> occurs = stackalloc bool[rule.Rules.Count];
        for (var role = 0; role < occurs.Length; role++)
        {
            occurs[role] = (roles >> role & 1) != 0;
        }

        return expression.Holds(occurs);
    }
}
