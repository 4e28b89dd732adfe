using Detection.Rules;

namespace Detection.Correlation;

/// <summary>
/// One way to fulfil a <c>temporal_ordered</c> correlation: a chain of hits of certain referenced rules in order, and no hit of others.
/// </summary>
/// <param name="Chain">Indices of the rules of the chain, in order; at least one.</param>
/// <param name="Absent">Indices of the rules that must not occur in the window.</param>
internal sealed record Conjunction(int[] Chain, int[] Absent)
{
    /// <summary>The rule that ends the chain.</summary>
    public int LastRole => Chain[^1];

    /// <summary>All ways: one of all rules in order without an expression, else those of its disjunctive normal form.</summary>
    /// <remarks>The loader has bounded their number and refused any without a chain.</remarks>
    public static Conjunction[] Of(CorrelationRule rule) => rule.Expression is null
        ? [new Conjunction([.. Enumerable.Range(0, rule.Rules.Count)], [])]
        : [.. Terms(rule.Expression, negated: false).Where(IsPossible).Select(term => new Conjunction(
            [.. term.Where(literal => !literal.Negated).Select(literal => literal.Role).Distinct().Order()],
            [.. term.Where(literal => literal.Negated).Select(literal => literal.Role).Distinct()]))];

    /// <summary>Where the soonest chain ends that goes on from a hit of it: an index of the last rule's hits; null when there is none.</summary>
    public int? SoonestEnd(HitGroup group, Hit hit)
    {
        var e = hit.Event;
        for (var i = Array.IndexOf(Chain, hit.Role) + 1; i < Chain.Length; i++)
        {
            var hits = group[Chain[i]];
            var next = hits.IndexAfter(e);
            if (next == hits.Count)
            {
                return null;
            }

            if (i == Chain.Length - 1)
            {
                return next;
            }

            e = hits[next].Event;
        }

        return null;
    }

    private static bool IsPossible(List<(int Role, bool Negated)> term) =>
        !term.Exists(literal => term.Contains((literal.Role, !literal.Negated)));

    private static List<List<(int Role, bool Negated)>> Terms(RoleExpression expression, bool negated) => expression switch
    {
        RoleExpression.Occurs occurs => [[(occurs.Role, negated)]],
        RoleExpression.Not not => Terms(not.Part, !negated),
        RoleExpression.All all when !negated => Product(all.Parts, negated),
        RoleExpression.Any any when negated => Product(any.Parts, negated),
        RoleExpression.All all => [.. all.Parts.SelectMany(part => Terms(part, negated))],
        RoleExpression.Any any => [.. any.Parts.SelectMany(part => Terms(part, negated))],
        _ => throw new ArgumentException("not an expression", nameof(expression)),
    };

    private static List<List<(int Role, bool Negated)>> Product(IReadOnlyList<RoleExpression> parts, bool negated)
    {
        List<List<(int Role, bool Negated)>> product = [[]];
        foreach (var part in parts)
        {
            var terms = Terms(part, negated);
            product = [.. product.SelectMany(left => terms.Select(right => (List<(int, bool)>)[.. left, .. right]))];
        }

        return product;
    }
}
