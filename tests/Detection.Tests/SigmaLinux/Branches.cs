using System.Collections.Immutable;
using Detection.Matching;

namespace Detection.Tests.SigmaLinux;

/// <summary>
/// The ways in which a detection can be fulfilled, each as the needs of its leaves. What must not hold is left out: whoever builds an
/// event of the needs checks it against the whole rule.
/// </summary>
internal static class Branches
{
    private static readonly ImmutableList<Need> Nothing = [];

    /// <summary>The ways, lazily, for there may be very many.</summary>
    public static IEnumerable<ImmutableList<Need>> Of(Matcher matcher) => matcher switch
    {
        Search search => Of(search.Part),
        AllOf all => Every([.. all.Parts.Select(Of)]),
        AnyOf any => any.Parts.SelectMany(Of),
        FieldItem item => OfTests(item.Field.Name, item.Tests, item.All),
        KeywordItem item => OfTests("", item.Tests, item.All),
        Not { Part: Not inner } => Of(inner.Part),
        _ => [Nothing],
    };

    private static IEnumerable<ImmutableList<Need>> OfTests(string field, IReadOnlyList<ValueTest> tests, bool all)
    {
        var samples = tests.Select(Samples.Of).ToList();
        if (all)
        {
            return [[.. samples.Where(sample => sample is not null).Select(sample => new Need(field, sample!.Value.Place, sample.Value.Text))]];
        }

        return samples.Select(sample => sample is null ? Nothing : [new Need(field, sample.Value.Place, sample.Value.Text)]);
    }

    // In the first ways every part is fulfilled by its first one; then the last part changes first.
    private static IEnumerable<ImmutableList<Need>> Every(IReadOnlyList<IEnumerable<ImmutableList<Need>>> parts)
    {
        IEnumerable<ImmutableList<Need>> ways = [Nothing];
        foreach (var part in parts)
        {
            ways = ways.SelectMany(way => part.Select(way.AddRange));
        }

        return ways;
    }
}
