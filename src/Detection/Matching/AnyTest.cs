using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>One value of a rule that stands for several: any of them holds. Needed where an item asks for all of its values.</summary>
internal sealed class AnyTest(IReadOnlyList<ValueTest> tests) : ValueTest
{
    private readonly ValueTest[] _tests = [.. tests];

    /// <summary>The variants.</summary>
    public IReadOnlyList<ValueTest> Tests => _tests;

    public override bool Holds(in FieldValue value)
    {
        foreach (var test in _tests)
        {
            if (test.Holds(value))
            {
                return true;
            }
        }

        return false;
    }
}
