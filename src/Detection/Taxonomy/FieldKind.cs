namespace Detection.Taxonomy;

/// <summary>What a field of an event holds.</summary>
public enum FieldKind : byte
{
    /// <summary>The event has no such field, or its value is unknown.</summary>
    Absent = 0,

    /// <summary>The null of a rule: no event's field holds it.</summary>
    Null = 1,

    /// <summary>Text, perhaps empty.</summary>
    Text = 2,

    /// <summary>A number.</summary>
    Number = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>An IP address.</summary>
    Address = 5,
}
