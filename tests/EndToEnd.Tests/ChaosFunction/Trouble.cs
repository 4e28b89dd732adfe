namespace EndToEnd.Tests.ChaosFunction;

/// <summary>What becomes of one call of the function.</summary>
internal enum Trouble
{
    /// <summary>Nothing: it is passed on, and so is the answer.</summary>
    None = 0,

    /// <summary>The function dies, and the service does not get the call.</summary>
    KillBefore = 1,

    /// <summary>The service does what it is asked to, and the function dies without the answer.</summary>
    KillAfter = 2,

    /// <summary>The service refuses because there is too much to do.</summary>
    Throttle = 3,

    /// <summary>The service fails by itself.</summary>
    Fail = 4,

    /// <summary>The service does what it is asked to, and the answer is lost.</summary>
    LoseAnswer = 5,

    /// <summary>The service refuses for good.</summary>
    Refuse = 6,
}
