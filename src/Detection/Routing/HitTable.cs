namespace Detection.Routing;

/// <summary>The hits of a finished index, flat: what hit h marks is from Starts[h] to Starts[h + 1]. Immutable.</summary>
/// <param name="Starts">One more than there are hits.</param>
/// <param name="Marks">Numbers of bits in <see cref="RecordMarks"/>.</param>
/// <param name="Implied">By hit, the hit that comes with it, or <see cref="LiteralHits.None"/>.</param>
internal sealed record HitTable(int[] Starts, int[] Marks, int[] Implied);
