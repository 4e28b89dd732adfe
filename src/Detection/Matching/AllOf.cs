using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>Every part holds.</summary>
internal sealed class AllOf(Matcher[] parts) : Matcher
{
    /// <summary>Two or more.</summary>
    public IReadOnlyList<Matcher> Parts => parts;

    public override bool Matches(IEventView e)
    {
        foreach (var part in parts)
        {
            if (!part.Matches(e))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The conjunction; a single part stands for itself.</summary>
    public static Matcher Of(IReadOnlyList<Matcher> parts) => parts.Count == 1 ? parts[0] : new AllOf([.. parts]);
}
