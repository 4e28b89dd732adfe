namespace Detection.Taxonomy;

/// <summary>What a rule sees of an event, whatever carries it.</summary>
public interface IEventView
{
    /// <summary>The value of <paramref name="field"/>; absent when the event has none.</summary>
    FieldValue Get(Field field);
}
