using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>One value of a rule, as a test of an event's value. Immutable and thread-safe.</summary>
internal abstract class ValueTest
{
    /// <summary>True when a value, which is not a list, fulfils it. An absent value fulfils only <see cref="NullTest"/>.</summary>
    public abstract bool Holds(FieldValue value);
}
