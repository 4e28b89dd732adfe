namespace Wire.Model;

/// <summary>Marks that the host's filter put on an event.</summary>
[Flags]
public enum EventFlags : ushort
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The object (file or command) is on a watch list.</summary>
    Sensitive = 1 << 0,

    /// <summary>The remote address is outside all excluded networks.</summary>
    External = 1 << 1,
}
