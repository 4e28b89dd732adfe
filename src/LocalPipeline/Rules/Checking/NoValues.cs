using Detection.Taxonomy;

namespace LocalPipeline.Rules.Checking;

/// <summary>A record without any value: what a rule sees of a field that is never produced.</summary>
internal sealed class NoValues : IEventView
{
    /// <summary>The only one needed.</summary>
    internal static readonly NoValues Instance = new();

    /// <inheritdoc/>
    public FieldValue Get(Field field) => default;

    /// <inheritdoc/>
    public bool TryGetSearchable(int index, out FieldValue value)
    {
        value = default;
        return false;
    }
}
