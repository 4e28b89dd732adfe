namespace Detection.State;

/// <summary>What a stored item is about.</summary>
internal enum ItemContent : byte
{
    /// <summary>One host.</summary>
    Host = 1,

    /// <summary>A correlation over several hosts.</summary>
    Shared = 2,
}
