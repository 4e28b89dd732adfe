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
