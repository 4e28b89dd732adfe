using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>What is known of a field before a record's literals are looked for: that it holds a value, or none of some values. Immutable.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The folded value; null = the field holds none of <paramref name="Others"/>.</param>
/// <param name="Others">Folded values.</param>
internal sealed record KnownValue(Field Field, string? Value, IReadOnlyCollection<string> Others)
{
    /// <summary>Guards of the field, without those that are known to be met; null when one cannot be met.</summary>
    public IReadOnlyList<Guard>? Apply(IReadOnlyList<Guard> guards)
    {
        var left = new List<Guard>();
        foreach (var guard in guards)
        {
            if (guard.Literals.Any(literal => literal.Field != Field || literal.Place != PatternPlace.Whole))
            {
                left.Add(guard);
            }
            else if (Value is null ? guard.Literals.All(literal => Others.Contains(literal.Text)) : guard.Literals.All(literal => literal.Text != Value))
            {
                return null;
            }
            else if (Value is null)
            {
                left.Add(guard);
            }
        }

        return left;
    }
}
