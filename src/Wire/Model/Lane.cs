namespace Wire.Model;

/// <summary>The ring buffer an event came through. Each lane numbers its events on its own.</summary>
public enum Lane : byte
{
    /// <summary>Reserved for high-value events (watched files, watched commands): a flood in <see cref="Bulk"/> cannot displace them.</summary>
    High = 0,

    /// <summary>Everything else.</summary>
    Bulk = 1,
}
