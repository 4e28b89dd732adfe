namespace Detection.Rules.Parsing;

/// <summary>Puts correlations behind those that they refer to.</summary>
internal static class CorrelationOrder
{
    private const int MaxNamed = 8;

    /// <summary>The documents in an order in which each can be read, and those that no order helps.</summary>
    /// <param name="correlations">The documents.</param>
    /// <param name="catalog">Knows the names.</param>
    /// <param name="cyclic">Takes each document that stands in a cycle, or needs one that does, with its fault.</param>
    public static List<RuleDocument> Sort(IReadOnlyList<RuleDocument> correlations, RuleCatalog catalog, Action<RuleDocument, RuleFault> cyclic)
    {
        var places = new Dictionary<RuleDocument, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < correlations.Count; i++)
        {
            places.Add(correlations[i], i);
        }

        var needs = new List<Need>[correlations.Count];
        var users = new List<int>[correlations.Count];
        var missing = new int[correlations.Count];
        for (var i = 0; i < needs.Length; i++)
        {
            users[i] = [];
            needs[i] = Needs(correlations[i], catalog, places);
            missing[i] = needs[i].Count;
        }

        for (var i = 0; i < needs.Length; i++)
        {
            foreach (var need in needs[i])
            {
                users[need.Place].Add(i);
            }
        }

        var sorted = InOrder(correlations, users, missing);

        for (var i = 0; i < missing.Length; i++)
        {
            if (missing[i] > 0)
            {
                cyclic(correlations[i], Cycle(i, needs, missing));
            }
        }

        return sorted;
    }

    // The first in the order of files goes first, as soon as nothing it needs is missing: counted down to 0, and below when it went.
    private static List<RuleDocument> InOrder(IReadOnlyList<RuleDocument> correlations, List<int>[] users, int[] missing)
    {
        var sorted = new List<RuleDocument>(missing.Length);
        for (var next = 0; next < missing.Length; next++)
        {
            if (missing[next] != 0)
            {
                continue;
            }

            sorted.Add(correlations[next]);
            missing[next] = -1;
            var first = next;
            foreach (var user in users[next])
            {
                if (--missing[user] == 0)
                {
                    first = Math.Min(first, user - 1);
                }
            }

            next = first;
        }

        return sorted;
    }

    private static List<Need> Needs(RuleDocument document, RuleCatalog catalog, Dictionary<RuleDocument, int> places)
    {
        var needs = new List<Need>();
        if (document.Root.Find("correlation") is { Kind: NodeKind.Mapping } correlation)
        {
            foreach (var name in CorrelationReader.References(correlation))
            {
                if (catalog.TryFind(name) is { } needed && places.TryGetValue(needed, out var place))
                {
                    needs.Add(new Need(place, name));
                }
            }
        }

        return needs;
    }

    // From document to document by the first reference that is still missing: that way must come back to itself.
    private static RuleFault Cycle(int start, List<Need>[] needs, int[] missing)
    {
        var way = new List<Need>();
        var seen = new Dictionary<int, int>();
        var at = start;
        while (seen.TryAdd(at, way.Count))
        {
            var next = needs[at].First(need => missing[need.Place] > 0);
            way.Add(next);
            at = next.Place;
        }

        var names = way.Skip(seen[at]).Select(need => need.Name.Value).ToList();
        var text = string.Join(" → ", names.Take(MaxNamed).Prepend(names[^1])) + (names.Count > MaxNamed ? " → …" : "");
        return way[0].Name.Fault($"correlations refer to each other in a cycle: {text}", "leave one of the references out");
    }

    // A class: lists and queues of value types are compiled anew by every process.
    private sealed record Need(int Place, RuleNode Name);
}
