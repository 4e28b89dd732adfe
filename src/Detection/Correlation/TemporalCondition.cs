using System.Numerics;
using Detection.Rules;

namespace Detection.Correlation;

/// <summary><c>temporal</c>: which of the referenced rules occur, in whatever order. Shown is the latest occurrence of each.</summary>
internal sealed class TemporalCondition(CorrelationRule rule) : WindowCondition
{
    private readonly ulong _all = ulong.MaxValue >> (64 - rule.Rules.Count);

    public override bool Holds(Window window)
    {
        var roles = 0ul;
        for (var i = window.Count - 1; i >= 0 && roles != _all; i--)
        {
            roles |= window[i].Roles;
        }

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
}
