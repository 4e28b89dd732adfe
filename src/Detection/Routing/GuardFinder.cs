using System.Globalization;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>Finds what every match of a matcher implies. What is not known here has no guard.</summary>
/// <param name="odds">Which of several guards is the sharpest.</param>
internal sealed class GuardFinder(LiteralOdds odds)
{
    private readonly GuardMaker _maker = new(odds);

    // Each is found once, whatever is known of the records.
    private readonly Dictionary<Matcher, IReadOnlyList<Guard>?> _ofItems = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Guards that all hold for every record that matches, the sharpest first; none when nothing is implied. Null when no record can match.
    /// </summary>
    /// <param name="matcher">The matcher.</param>
    /// <param name="known">What is known of the records; null = nothing.</param>
    public IReadOnlyList<Guard>? Find(Matcher matcher, KnownValue? known = null) => matcher switch
    {
        AllOf all => GuardMaker.All(all.Parts.Select(part => Find(part, known))),
        AnyOf any => _maker.Either(any.Parts.Select(part => Find(part, known))),
        Search search => Find(search.Part, known),
        FieldItem item when OfItem(item, item.Field, item.Tests, item.All) is var found =>
            known is null || item.Field != known.Field || found is null ? found : known.Apply(found),
        KeywordItem keywords => OfItem(keywords, null, keywords.Tests, keywords.All),
        _ => Guard.None,
    };

    /// <summary>The form that equal numbers have in common: a record may say 42.0 where a rule says 42.</summary>
    public static decimal Canonical(decimal number) => number == 0 ? 0 : number.Scale == 0 ? number : number / 1.0000000000000000000000000000m;

    private IReadOnlyList<Guard>? OfItem(Matcher item, Field? field, IReadOnlyList<ValueTest> tests, bool all)
    {
        if (!_ofItems.TryGetValue(item, out var found))
        {
            var guards = tests.Select(test => OfTest(field, test));
            found = all ? GuardMaker.All(guards) : _maker.Either(guards);
            _ofItems.Add(item, found);
        }

        return found;
    }

    private IReadOnlyList<Guard>? OfTest(Field? field, ValueTest test) => test switch
    {
        AnyTest any => _maker.Either(any.Tests.Select(one => OfTest(field, one))),
        TextTest text => GuardMaker.Sorted(PatternLiterals.Of(field, text.Pattern).Select(literal => _maker.Make([literal]))),
        NumberTest number => [_maker.Make(NumberTexts(number).Distinct().Select(text => Whole(field, text)))],
        BooleanTest truth => [_maker.Make([Whole(field, truth.Expected ? "true" : "false")])],
        RegexTest regex => new ExpressionGuards(field, _maker).Find(regex.Text, regex.Options),
        _ => Guard.None,
    };

    private static string[] NumberTexts(NumberTest number) =>
        [number.Text, Canonical(number.Expected).ToString(CultureInfo.InvariantCulture)];

    private static RequiredLiteral Whole(Field? field, string text) => new(field, PatternPlace.Whole, Folding.Fold(text));
}
