namespace Detection.Taxonomy;

/// <summary>A field as rules name it, resolved once when a rule is loaded. Immutable.</summary>
public sealed class Field
{
    internal Field(string name, HostField source)
    {
        Name = name;
        Source = source;
    }

    /// <summary>The name in rules; case matters.</summary>
    public string Name { get; }

    /// <summary>Where events of our own sensor hold it.</summary>
    internal HostField Source { get; }
}
