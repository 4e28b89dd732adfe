using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>Keywords: each is looked for in every value of the record. Any of them is found, or (<c>all</c>) every one.</summary>
internal sealed class KeywordItem(IReadOnlyList<ValueTest> tests, bool all) : Item
{
    private readonly ValueTest[] _tests = [.. tests];

    /// <summary>One for each keyword, or for each of its variants.</summary>
    public IReadOnlyList<ValueTest> Tests => _tests;

    /// <summary>Every keyword must be found, not necessarily in the same value.</summary>
    public bool All => all;

    public override bool Matches(IEventView e)
    {
        foreach (var test in _tests)
        {
            if (IsFound(test, e) != all)
            {
                return !all;
            }
        }

        return all;
    }

    /// <summary>True when one of the values of the record in view fulfils <paramref name="test"/>.</summary>
    public static bool IsFound(ValueTest test, IEventView e)
    {
        for (var i = 0; e.TryGetSearchable(i, out var value); i++)
        {
            if (test.HoldsForAny(value))
            {
                return true;
            }
        }

        return false;
    }
}
