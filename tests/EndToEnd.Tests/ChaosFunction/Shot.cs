namespace EndToEnd.Tests.ChaosFunction;

/// <summary>One trouble that waits for its call.</summary>
/// <param name="Operation">Of which operation, such as <c>PutItem</c>.</param>
/// <param name="Items">Of an item whose key begins so; empty = of any.</param>
/// <param name="Trouble">What happens.</param>
/// <param name="Times">To so many such calls: one more than the function's client tries, and the function itself has to help itself.</param>
internal sealed record Shot(string Operation, string Items, Trouble Trouble, int Times = 1)
{
    // The function's clients try each call three times.
    private const int Thrice = 3;

    /// <summary>All there are. Where the process dies it does so before a commit, between two writes of one, between commit and publication, and before and after the mark.</summary>
    public static IReadOnlyList<Shot> All { get; } =
    [
        new("BatchGetItem", "", Trouble.KillBefore),
        new("PutItem", "F#", Trouble.KillBefore),
        new("PutItem", "F#", Trouble.KillAfter),
        new("PutItem", "G#", Trouble.KillBefore),
        new("PutItem", "G#", Trouble.KillAfter),
        new("PutItem", "H#", Trouble.KillBefore),
        new("PutItem", "H#", Trouble.KillAfter),
        new("Publish", "", Trouble.KillBefore),
        new("Publish", "", Trouble.KillAfter),
        new("UpdateItem", "", Trouble.KillBefore),
        new("UpdateItem", "", Trouble.KillAfter),
        new("BatchGetItem", "", Trouble.Throttle, Thrice),
        new("PutItem", "G#", Trouble.Throttle, Thrice),
        new("PutItem", "H#", Trouble.Throttle, Thrice),
        new("PutItem", "H#", Trouble.Throttle),
        new("UpdateItem", "", Trouble.Throttle, Thrice),
        new("Publish", "", Trouble.Throttle, Thrice),
        new("PutItem", "", Trouble.Fail, Thrice),
        new("Publish", "", Trouble.Fail, Thrice),
        new("Publish", "", Trouble.Refuse),
        new("PutItem", "G#", Trouble.LoseAnswer),
        new("PutItem", "H#", Trouble.LoseAnswer),
        new("UpdateItem", "", Trouble.LoseAnswer),
    ];

    /// <summary>Whether a call is meant.</summary>
    public bool Meets(AwsCall call) => call.Operation == Operation && call.Item.StartsWith(Items, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Trouble} {Operation} {Items}".TrimEnd() + (Times > 1 ? $" {Times} times" : "");
}
