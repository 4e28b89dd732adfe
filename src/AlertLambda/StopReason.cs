namespace AlertLambda;

/// <summary>Why a batch was not finished.</summary>
public enum StopReason
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>An alert could not be published.</summary>
    NotPublished = 1,

    /// <summary>The time of the invocation was nearly over.</summary>
    OutOfTime = 2,
}
