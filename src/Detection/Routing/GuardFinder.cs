using System.Globalization;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Finds what every match of a matcher implies. What is not known here has no guard.</summary>
/// <param name="odds">Which of several guards is the sharpest.</param>
/// <param name="known">What is known of the records; null = nothing.</param>
internal sealed class GuardFinder(LiteralOdds odds, KnownValue? known = null)
{
    /// <summary>
    /// Guards that all hold for every record that matches, the sharpest first; none when nothing is implied. Null when no record can match.
    /// </summary>
    public IReadOnlyList<Guard>? Find(Matcher matcher) => matcher switch
    {
        AllOf all => All(all.Parts.Select(Find)),
        AnyOf any => Either(any.Parts.Select(Find)),
        Search search => Find(search.Part),
        FieldItem item => OfItem(item.Field, item.Tests, item.All),
        KeywordItem keywords => OfItem(null, keywords.Tests, keywords.All),
        _ => Guard.None,
    };

    /// <summary>The form that equal numbers have in common: a record may say 42.0 where a rule says 42.</summary>
    public static decimal Canonical(decimal number) => number == 0 ? 0 : number.Scale == 0 ? number : number / 1.000000000000000000000000000m;

    private static IReadOnlyList<Guard>? All(IEnumerable<IReadOnlyList<Guard>?> parts)
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

    // One of the branches matches, and whichever it is implies its guards. The sharpest are joined with the sharpest, and where a branch
    // has no more, its last one stands again: (a and b) or c is (a or c) and (b or c).
    private IReadOnlyList<Guard>? Either(IEnumerable<IReadOnlyList<Guard>?> branches)
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

    private IReadOnlyList<Guard>? OfItem(Field? field, IReadOnlyList<ValueTest> tests, bool all)
    {
        var guards = tests.Select(test => OfTest(field, test));
        var found = all ? All(guards) : Either(guards);
        return known is null || field != known.Field || found is null ? found : known.Apply(found);
    }

    private IReadOnlyList<Guard>? OfTest(Field? field, ValueTest test) => test switch
    {
        AnyTest any => Either(any.Tests.Select(one => OfTest(field, one))),
        TextTest text => [.. PatternLiterals.Of(text.Pattern)
            .Select(literal => Make([new RequiredLiteral(field, literal.Place, literal.Text)])).OrderBy(guard => guard.Odds)],
        NumberTest number => [Make(NumberTexts(number).Distinct().Select(text => Whole(field, text)))],
        BooleanTest truth => [Make([Whole(field, truth.Expected ? "true" : "false")])],
        RegexTest regex when RegexLiterals.Of(regex.Text) is { Count: > 0 } texts =>
            [Make(texts.Distinct().Select(text => new RequiredLiteral(field, PatternPlace.Anywhere, text)))],
        _ => Guard.None,
    };

    private static string[] NumberTexts(NumberTest number) =>
        [number.Text, Canonical(number.Expected).ToString(CultureInfo.InvariantCulture)];

    private static RequiredLiteral Whole(Field? field, string text) => new(field, PatternPlace.Whole, Folding.Fold(text));

    private Guard Make(IEnumerable<RequiredLiteral> literals)
    {
        RequiredLiteral[] all = [.. literals];
        return new Guard(all, 1 - all.Aggregate(1.0, (none, literal) => none * (1 - Math.Min(1, odds.Of(literal)))));
    }
}
