using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>
/// An event as the records that it presents to rules: an event of ours is one record of its category, and beside it what the audit
/// daemon would have written of it. Made once and turned to one event after another; not thread-safe.
/// </summary>
public abstract class EventView : IEventView
{
    /// <summary>The event in view.</summary>
    public abstract HostEvent Event { get; }

    /// <summary>How many records the event presents; from 1.</summary>
    public abstract int RecordCount { get; }

    /// <summary>Source of the record in view.</summary>
    public abstract LogSource Source { get; }

    /// <summary>Turns the view to a record of its event; 0 is in view after an event was shown.</summary>
    public abstract void ShowRecord(int index);

    /// <inheritdoc/>
    public abstract FieldValue Get(Field field);

    /// <inheritdoc/>
    public abstract bool TryGetSearchable(int index, out FieldValue value);
}
