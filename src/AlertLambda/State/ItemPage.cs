namespace AlertLambda.State;

/// <summary>A part of a listing.</summary>
/// <param name="Items">Without <see cref="StoredItem.State"/> and <see cref="StoredItem.Outbox"/>, which are not read.</param>
/// <param name="Next">The key to go on after; null at the end.</param>
public sealed record ItemPage(IReadOnlyList<StoredItem> Items, string? Next);
