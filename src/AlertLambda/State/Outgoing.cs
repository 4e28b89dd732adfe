namespace AlertLambda.State;

/// <summary>A committed message that this process is to publish.</summary>
/// <param name="Item">Key of the item that holds it.</param>
/// <param name="Entry">The message.</param>
/// <param name="Order">In which order messages were made.</param>
public sealed record Outgoing(string Item, OutboxEntry Entry, long Order)
{
    /// <summary>Whether the sweep has taken it over, whatever its age.</summary>
    public bool IsClaimed { get; init; }
}
