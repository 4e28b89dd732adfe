using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>One item of a search: a field against values, any of them or (<c>all</c>) every one.</summary>
internal sealed class FieldItem(Field field, ValueTest[] tests, bool all) : Matcher
{
    public override bool Matches(IEventView e)
    {
        var value = e.Get(field);
        foreach (var test in tests)
        {
            if (test.Holds(value) != all)
            {
                return !all;
            }
        }

        return all;
    }
}
