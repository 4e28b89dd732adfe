namespace Detection.Taxonomy;

/// <summary>A field as rules name it, resolved once when a pack is loaded. Immutable.</summary>
public sealed class Field
{
    internal Field(string name, HostField source, int index, int ordinal = 0)
    {
        Name = name;
        Source = source;
        Index = index;
        Ordinal = ordinal;
    }

    /// <summary>The name in rules; case matters.</summary>
    public string Name { get; }

    /// <summary>Number of the field in its pack, from 0: a place to keep its value while an event is in view.</summary>
    public int Index { get; }

    /// <summary>Where events of our own sensor hold it; <see cref="HostField.Unknown"/> when they never do.</summary>
    internal HostField Source { get; }

    /// <summary>Number of the argument of an exec, else 0.</summary>
    internal int Ordinal { get; }
}
