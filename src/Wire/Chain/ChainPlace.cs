namespace Wire.Chain;

/// <summary>Where a frame stands among those that were received before it.</summary>
public enum ChainPlace
{
    /// <summary>It names no frame before it: the first of a boot, or of an agent that does not know what was sent.</summary>
    Start,

    /// <summary>It follows a frame that nothing followed yet.</summary>
    Next,

    /// <summary>The very same bytes were received before.</summary>
    Resent,

    /// <summary>
    /// Another frame follows the same one already, and the numbers of this one begin where those of a received frame did: after a crash it was made
    /// anew.
    /// </summary>
    Remade,

    /// <summary>A frame that was received before it named it: it was missing, and is the one that was meant.</summary>
    Late,

    /// <summary>Another frame follows the same one already, and this one tells of other numbers: one of the two is not of the chain.</summary>
    Fork,

    /// <summary>It follows a frame that was not received: that one is missing, or this one is forged.</summary>
    Gap,
}
