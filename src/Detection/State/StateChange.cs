namespace Detection.State;

/// <summary>How far what is remembered has moved on from what is stored of it.</summary>
public enum StateChange
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Only in what was seen: it need not be written, and is harmless when it is forgotten.</summary>
    Progress = 1,

    /// <summary>It has to be written: something is remembered that matters, or what was seen is too far ahead of what is stored.</summary>
    Memory = 2,
}
