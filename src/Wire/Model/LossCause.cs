namespace Wire.Model;

/// <summary>Where events were lost. Numbers are part of the wire format.</summary>
public enum LossCause : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The ring buffer was full.</summary>
    Kernel = 1,

    /// <summary>The host's spool was full.</summary>
    Spool = 2,

    /// <summary>The agent could not parse the record.</summary>
    Unparsed = 3,
}
