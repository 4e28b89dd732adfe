using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>One value of a rule, as a test of a record's value. Immutable and thread-safe; a test allocates nothing.</summary>
internal abstract class ValueTest
{
    /// <summary>
    /// True when a value, which is not a list, fulfils it. An absent or null value fulfils only <see cref="NullTest"/> and what holds one.
    /// </summary>
    public abstract bool Holds(in FieldValue value);

    /// <summary>True when the value fulfils it, or, if it is a list, any of its items.</summary>
    public bool HoldsForAny(in FieldValue value)
    {
        if (value.Kind != FieldKind.List)
        {
            return Holds(value);
        }

        foreach (ref readonly var item in value.Items)
        {
            if (Holds(item))
            {
                return true;
            }
        }

        return false;
    }
}
