namespace AlertLambda.State;

/// <summary>How a commit ended.</summary>
public enum CommitStatus
{
    /// <summary>All that changed is in the store.</summary>
    Committed = 0,

    /// <summary>Another process has written an item meanwhile: what is not in the store must be forgotten and evaluated again.</summary>
    Conflict = 1,
}
