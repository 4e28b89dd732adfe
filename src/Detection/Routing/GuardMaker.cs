namespace Detection.Routing;

/// <summary>Makes guards, and joins those of parts.</summary>
/// <param name="odds">Which of several guards is the sharpest.</param>
internal sealed class GuardMaker(LiteralOdds odds)
{
    /// <summary>The guard of alternatives.</summary>
    public Guard Make(IEnumerable<RequiredLiteral> literals)
    {
        RequiredLiteral[] all = [.. literals];
        var none = 1.0;
        foreach (var literal in all)
        {
            none *= 1 - Math.Min(1, odds.Of(literal));
        }

        return new Guard(all, 1 - none);
    }

    /// <summary>Guards, the sharpest first.</summary>
    public static Guard[] Sorted(IEnumerable<Guard> guards)
    {
        Guard[] sorted = [.. guards];
        StableSort.Sort(sorted, (one, other) => one.Odds.CompareTo(other.Odds));
        return sorted;
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

        return Sorted(guards);
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
        var shares = new Dictionary<RequiredLiteral, int>();
        foreach (var literal in possible.SelectMany(branch => branch.SelectMany(guard => guard.Literals).Distinct()))
        {
            shares[literal] = shares.TryGetValue(literal, out var share) ? share + 1 : 1;
        }

        var longest = 0;
        var sorted = new List<Ranked[]>();
        foreach (var branch in possible)
        {
            Ranked[] ranked = [.. branch.Select(guard => new Ranked(guard, guard.Odds / LeastShare(guard, shares)))];
            StableSort.Sort(ranked, (one, other) => one.Rank.CompareTo(other.Rank));
            sorted.Add(ranked);
            longest = Math.Max(longest, ranked.Length);
        }

        var joined = new List<Guard>();
        for (var i = 0; i < Math.Min(MarkLayout.Guards, longest); i++)
        {
            joined.Add(Make(sorted.SelectMany(branch => branch[Math.Min(i, branch.Length - 1)].Guard.Literals).Distinct()));
        }

        return Sorted(joined);
    }

    private static int LeastShare(Guard guard, Dictionary<RequiredLiteral, int> shares)
    {
        var least = int.MaxValue;
        foreach (var literal in guard.Literals)
        {
            least = Math.Min(least, shares[literal]);
        }

        return least;
    }

    private sealed record Ranked(Guard Guard, double Rank);
}
