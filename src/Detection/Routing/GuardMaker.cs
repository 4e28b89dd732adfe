namespace Detection.Routing;

/// <summary>Makes guards, and joins those of parts.</summary>
/// <param name="odds">Which of several guards is the sharpest.</param>
internal sealed class GuardMaker(LiteralOdds odds)
{
    /// <summary>The guard of alternatives.</summary>
    public Guard Make(IEnumerable<RequiredLiteral> literals)
    {
        RequiredLiteral[] all = [.. literals];
        return new Guard(all, 1 - all.Aggregate(1.0, (none, literal) => none * (1 - Math.Min(1, odds.Of(literal)))));
    }

    /// <summary>What is implied where all parts match: guards of all, the sharpest first. Null when one of them cannot match.</summary>
    public static IReadOnlyList<Guard>? All(IEnumerable<IReadOnlyList<Guard>?> parts)
    {
        var guards = new List<Guard>();
        foreach (var part in parts)
        {
            if (part is null)
            {
                return null;
            }

            guards.AddRange(part);
        }

        return [.. guards.OrderBy(guard => guard.Odds)];
    }

    /// <summary>What is implied where one of the branches matches; null when none can.</summary>
    /// <remarks>
    /// Whichever it is implies its guards. The sharpest are joined with the sharpest, and where a branch has no more, its last one stands
    /// again: (a and b) or c is (a or c) and (b or c).
    /// </remarks>
    public IReadOnlyList<Guard>? Either(IEnumerable<IReadOnlyList<Guard>?> branches)
    {
        var possible = branches.OfType<IReadOnlyList<Guard>>().ToList();
        if (possible.Count < 2)
        {
            return possible.FirstOrDefault();
        }

        if (possible.Any(branch => branch.Count == 0))
        {
            return Guard.None;
        }

        if (possible.All(branch => branch.Count == 1))
        {
            return [Make(possible.SelectMany(branch => branch[0].Literals).Distinct())];
        }

        // A literal that stands in several branches costs once, so these take it first; the next guard then is of all the other literals.
        var shares = possible.SelectMany(branch => branch.SelectMany(guard => guard.Literals).Distinct()).CountBy(literal => literal).ToDictionary();
        List<Guard[]> sorted = [.. possible.Select(branch =>
            branch.OrderBy(guard => guard.Odds / guard.Literals.Min(literal => shares[literal])).ToArray())];
        return
        [
            .. Enumerable.Range(0, Math.Min(MarkLayout.Guards, sorted.Max(branch => branch.Length)))
                .Select(i => Make(sorted.SelectMany(branch => branch[Math.Min(i, branch.Length - 1)].Literals).Distinct())).OrderBy(guard => guard.Odds),
        ];
    }
}
