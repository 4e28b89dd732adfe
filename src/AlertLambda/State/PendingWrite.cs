namespace AlertLambda.State;

/// <summary>A write that is to be made.</summary>
/// <param name="Item">The item.</param>
/// <param name="State">The engine's memory for it.</param>
/// <param name="Written">Called when it is in the store.</param>
internal sealed record PendingWrite(WarmItem Item, byte[] State, Action Written);
