namespace Wire.Model;

/// <summary>A closed range of sequence numbers of one lane.</summary>
/// <param name="First">First number.</param>
/// <param name="Last">Last number; <paramref name="First"/> - 1 for the empty range of a frame that only says "still here".</param>
public readonly record struct SequenceRange(ulong First, ulong Last)
{
    /// <summary>How many numbers.</summary>
    public ulong Count => Last - First + 1;

    /// <summary>True when <paramref name="sequence"/> is inside.</summary>
    public bool Contains(ulong sequence) => sequence >= First && sequence <= Last;
}

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

/// <summary>Numbers that were given to events which never arrived.</summary>
public readonly record struct LostRange(SequenceRange Range, LossCause Cause);
