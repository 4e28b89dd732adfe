namespace EndToEnd.Tests.Chaos;

/// <summary>What a stream does wrong.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every connection is closed at once.</summary>
    Refuses,

    /// <summary>The record is not taken: ProvisionedThroughputExceededException.</summary>
    Throttles,

    /// <summary>The record is not taken: 500, InternalFailure.</summary>
    Fails,

    /// <summary>The record is taken; the answer comes after 300 ms.</summary>
    IsSlow,

    /// <summary>The record is taken; the connection ends in the middle of the answer.</summary>
    CutsAnswers,

    /// <summary>The record is taken, and the answer says 500: the sender sends it again.</summary>
    Lies,

    /// <summary>The record is not taken: the sender's clock is said to be wrong.</summary>
    DoubtsTheClock,
}
