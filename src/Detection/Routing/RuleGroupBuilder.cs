namespace Detection.Routing;

/// <summary>Makes a group of rules.</summary>
internal sealed class RuleGroupBuilder(MarkLayout layout, LiteralHits hits)
{
    // A second guard keeps most of what the first lets through from being tried, unless it lets through too much itself.
    private const double WorthALook = 0.9;

    private readonly Dictionary<RequiredLiteral, LiteralMarks> _literals = [];
    private readonly ulong[] _given = new ulong[layout.Words];

    /// <summary>Adds a rule.</summary>
    /// <param name="rule">Its number.</param>
    /// <param name="guards">What it needs, the sharpest first.</param>
    public void Add(int rule, IReadOnlyList<Guard> guards)
    {
        for (var i = 0; i < MarkLayout.Guards; i++)
        {
            var mark = layout.MarkOf(rule, i);
            if (i < guards.Count && (i == 0 || guards[i].Odds < WorthALook))
            {
                Add(mark, guards[i]);
            }
            else
            {
                _given[mark >> 6] |= 1UL << mark;
            }
        }
    }

    /// <summary>The group of what was added.</summary>
    public RuleGroup Build() => new(
        [.. _literals.Values.GroupBy(literal => literal.Literal.Field?.Name ?? "")
            .Select(group => new FieldIndex(group.First().Literal.Field, [.. group], hits))],
        _given);

    private void Add(int mark, Guard guard)
    {
        foreach (var literal in guard.Literals)
        {
            if (!_literals.TryGetValue(literal, out var known))
            {
                _literals.Add(literal, known = new LiteralMarks(literal, []));
            }

            known.Marks.Add(mark);
        }
    }
}
