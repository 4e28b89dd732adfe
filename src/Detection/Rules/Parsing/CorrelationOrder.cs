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

        var needs = correlations.Select(document => Needs(document, catalog, places)).ToList();
        var missing = needs.Select(need => need.Count).ToArray();
        var users = correlations.Select(_ => new List<int>()).ToList();
        for (var i = 0; i < needs.Count; i++)
        {
            needs[i].ForEach(need => users[need.Place].Add(i));
        }

        // The first in the order of files goes first, as soon as nothing it needs is missing.
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, missing.Length).Where(i => missing[i] == 0).Select(i => (i, i)));
        var sorted = new List<RuleDocument>(correlations.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(correlations[next]);
            foreach (var user in users[next].Where(user => --missing[user] == 0))
            {
                ready.Enqueue(user, user);
            }
        }

        for (var i = 0; i < missing.Length; i++)
        {
            if (missing[i] > 0)
            {
                cyclic(correlations[i], Cycle(i, needs, missing));
            }
        }

        return sorted;
    }

    private static List<(int Place, RuleNode Name)> Needs(RuleDocument document, RuleCatalog catalog, Dictionary<RuleDocument, int> places)
    {
        var needs = new List<(int, RuleNode)>();
        if (document.Root.Find("correlation") is { Kind: NodeKind.Mapping } correlation)
        {
            foreach (var name in CorrelationReader.References(correlation))
            {
                if (catalog.TryFind(name) is { } needed && places.TryGetValue(needed, out var place))
                {
                    needs.Add((place, name));
                }
            }
        }

        return needs;
    }

    // From document to document by the first reference that is still missing: that way must come back to itself.
    private static RuleFault Cycle(int start, List<List<(int Place, RuleNode Name)>> needs, int[] missing)
    {
        var way = new List<(int Place, RuleNode Name)>();
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
}
