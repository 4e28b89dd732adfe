using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>At least one part holds.</summary>
internal sealed class AnyOf(Matcher[] parts) : Matcher
{
    /// <summary>Two or more.</summary>
    public IReadOnlyList<Matcher> Parts => parts;

    public override bool Matches(IEventView e)
    {
        foreach (var part in parts)
        {
            if (part.Matches(e))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The disjunction; a single part stands for itself.</summary>
    public static Matcher Of(IReadOnlyList<Matcher> parts) => parts.Count == 1 ? parts[0] : new AnyOf([.. parts]);
}
