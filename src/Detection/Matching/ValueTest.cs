using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>One value of a rule, as a test of an event's value. Immutable and thread-safe.</summary>
internal abstract class ValueTest
{
    /// <summary>True when <paramref name="value"/>, which is not a list, fulfils it. False for an absent value, except by <see cref="NullTest"/>.</summary>
    public abstract bool Holds(FieldValue value);
}
