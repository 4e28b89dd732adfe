namespace Detection.Taxonomy;

/// <summary>What a field of an event holds.</summary>
public enum FieldKind : byte
{
    /// <summary>The event has no such field, or its value is unknown.</summary>
    Absent = 0,

    /// <summary>The field is there and holds null (only in events that come as JSON).</summary>
    Null = 1,

    /// <summary>Text, perhaps empty.</summary>
    Text = 2,

    /// <summary>A number.</summary>
    Number = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>An IP address.</summary>
    Address = 5,

    /// <summary>Several values; a rule's item holds when it holds for any of them.</summary>
    List = 6,
}
