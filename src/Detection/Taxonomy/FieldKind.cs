namespace Detection.Taxonomy;

/// <summary>What a field of a record holds.</summary>
public enum FieldKind : byte
{
    /// <summary>The record has no such field, or its value is unknown.</summary>
    Absent = 0,

    /// <summary>The field is there and holds null. Also the null of a rule.</summary>
    Null = 1,

    /// <summary>Text, perhaps empty.</summary>
    Text = 2,

    /// <summary>A number.</summary>
    Number = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>An IP address.</summary>
    Address = 5,

    /// <summary>Several values: an item holds when it holds for any of them.</summary>
    List = 6,
}
