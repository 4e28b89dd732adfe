namespace Detection.Matching;

/// <summary>
/// Says what a matcher may cost at most, in steps for each character of the texts it looks at: the comparison of two characters, or a visit
/// of a step of an expression. Not thread-safe.
/// </summary>
/// <remarks>
/// Nothing here is an average: the texts are made by who wants the engine to stall. A text shorter than <see cref="LiteralSearch.ShortText"/>
/// may cost as much as one of that length.
/// </remarks>
internal sealed class MatchCost
{
    // Searches stand in a condition as often as it names them.
    private readonly Dictionary<Matcher, long> _ofSearches = new(ReferenceEqualityComparer.Instance);

    /// <summary>Steps for each character.</summary>
    public long Of(Matcher matcher) => matcher switch
    {
        AllOf all => all.Parts.Sum(Of),
        AnyOf any => any.Parts.Sum(Of),
        Not not => Of(not.Part),
        Search search => OfSearch(search.Part),
        FieldItem item => item.Tests.Sum(Of),
        KeywordItem item => item.Tests.Sum(Of),
        FieldReference => LiteralSearch.StepsPerCharacter,
        _ => 1,
    };

    /// <summary>Steps for each character of a text that is tested.</summary>
    public static long Of(ValueTest test) => test switch
    {
        TextTest text => text.Pattern.StepsPerCharacter,
        AnyTest any => any.Tests.Sum(Of),
        RegexTest regex => regex.StepsPerCharacter,
        _ => 1,
    };

    private long OfSearch(Matcher part)
    {
        if (!_ofSearches.TryGetValue(part, out var steps))
        {
            steps = Of(part);
            _ofSearches.Add(part, steps);
        }

        return steps;
    }
}
