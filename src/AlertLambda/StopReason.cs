namespace AlertLambda;

/// <summary>Why a batch was not finished.</summary>
public enum StopReason
{
    /// <summary>It was.</summary>
    None = 0,

    /// <summary>An alert could not be published. It is in the store, and tried again with the next delivery, or by the sweep.</summary>
    NotPublished = 1,

    /// <summary>The time of the invocation was nearly over.</summary>
    OutOfTime = 2,

    /// <summary>The store did not give or take items: nothing of the record is in it.</summary>
    NotStored = 3,

    /// <summary>A record that is not a frame could not be kept.</summary>
    NotKept = 4,

    /// <summary>The stream did not give what has to be read again: nothing was evaluated.</summary>
    NotReadAgain = 5,
}
