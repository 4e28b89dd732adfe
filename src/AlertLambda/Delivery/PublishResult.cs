namespace AlertLambda.Delivery;

/// <summary>What became of a message.</summary>
/// <param name="Status">In one word.</param>
/// <param name="Reason">For the log; empty when published.</param>
public readonly record struct PublishResult(PublishStatus Status, string Reason)
{
    /// <summary>The topic has it.</summary>
    public static readonly PublishResult Published = new(PublishStatus.Published, "");
}
