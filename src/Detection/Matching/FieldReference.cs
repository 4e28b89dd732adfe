using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>fieldref</c>: a field against another one of the same record. False when either is absent or null.</summary>
internal sealed class FieldReference(Field field, Field other, PatternPlace place, bool cased) : Item
{
    private readonly StringComparison _comparison = cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The field that is looked into.</summary>
    public Field Field { get; } = field;

    /// <summary>The field whose value is looked for.</summary>
    public Field Other => other;

    /// <summary>Where in the one the other must be.</summary>
    public PatternPlace Place => place;

    public override bool Matches(IEventView e)
    {
        var value = e.Get(Field);
        if (value.Kind != FieldKind.List)
        {
            return HoldsForAny(value, e.Get(other));
        }

        foreach (ref readonly var item in value.Items)
        {
            if (HoldsForAny(item, e.Get(other)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HoldsForAny(in FieldValue value, in FieldValue sought)
    {
        if (sought.Kind != FieldKind.List)
        {
            return Holds(value, sought);
        }

        foreach (ref readonly var item in sought.Items)
        {
            if (Holds(value, item))
            {
                return true;
            }
        }

        return false;
    }

    private bool Holds(in FieldValue value, in FieldValue sought)
    {
        if (place == PatternPlace.Whole && value.Kind == FieldKind.Number && sought.Kind == FieldKind.Number)
        {
            return value.Number == sought.Number;
        }

        Span<char> scratch = stackalloc char[2 * FieldValue.ScratchLength];
        return value.TryGetText(scratch[..FieldValue.ScratchLength], out var text)
            && sought.TryGetText(scratch[FieldValue.ScratchLength..], out var part)
            && place switch
            {
                PatternPlace.Start => text.StartsWith(part, _comparison),
                PatternPlace.End => text.EndsWith(part, _comparison),
                PatternPlace.Anywhere => LiteralSearch.Contains(text, part, _comparison),
                _ => text.Equals(part, _comparison),
            };
    }
}
