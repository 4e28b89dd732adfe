using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>A text in a record's value, which a rule needs to match. Immutable.</summary>
/// <remarks>
/// A class, like all that is collected while an index is made: collections of structs are compiled anew in every process, which takes
/// longer than to make the index.
/// </remarks>
/// <param name="Field">The field that holds the value; null = any of the values that keyword searches look into.</param>
/// <param name="Place">Where in the value.</param>
/// <param name="Text">The text, folded as <see cref="Folding"/> does.</param>
internal sealed record RequiredLiteral(Field? Field, PatternPlace Place, string Text)
{
    /// <summary>Equal in all parts. Written out, for the comparer of an own kind of value is compiled anew, too.</summary>
    public bool Equals(RequiredLiteral? other) => other is not null && Field == other.Field && Place == other.Place && Text == other.Text;

    /// <summary>A hash of all parts.</summary>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal) ^ (((Field?.Index ?? -1) << 2) + (int)Place);
}
