namespace Detection.Taxonomy;

/// <summary>What a rule sees of a record, whatever carries it.</summary>
public interface IEventView
{
    /// <summary>The value of <paramref name="field"/>; absent when the record has none.</summary>
    FieldValue Get(Field field);

    /// <summary>The record's values that keyword searches look into, one after another.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The value; may be absent.</param>
    /// <returns>False when there is no value of this index or a higher one.</returns>
    bool TryGetSearchable(int index, out FieldValue value);
}
