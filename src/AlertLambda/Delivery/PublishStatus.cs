namespace AlertLambda.Delivery;

/// <summary>What became of a message. Whatever failed is kept and tried again; the status says who must act.</summary>
public enum PublishStatus
{
    /// <summary>The topic has it.</summary>
    Published = 0,

    /// <summary>Throttled, unreachable or out of time: will pass by itself.</summary>
    Transient = 1,

    /// <summary>Refused: wrong topic, missing permission or key. A person must repair it.</summary>
    Permanent = 2,
}
