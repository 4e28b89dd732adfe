using Detection.Taxonomy;

namespace LocalPipeline.Rules.Checking;

/// <summary>A record of which one value is known: what an item that asks for it sees.</summary>
internal sealed class OneValue(FieldValue value) : IEventView
{
    /// <inheritdoc/>
    public FieldValue Get(Field field) => value;

    /// <inheritdoc/>
    public bool TryGetSearchable(int index, out FieldValue found)
    {
        found = default;
        return false;
    }
}
