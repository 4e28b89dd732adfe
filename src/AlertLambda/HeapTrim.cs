namespace AlertLambda;

/// <summary>
/// Has the runtime give back what batches left behind. What is decoded lives for as long as a chunk, and a collection in between takes it for something that stays; of
/// itself the runtime looks at that again only when the heap has nearly doubled. Not thread-safe.
/// </summary>
/// <remarks>A bound of the heap itself would end the process where more is really remembered; this only looks earlier.</remarks>
/// <param name="size">Bytes of the heap after the last collection of any kind.</param>
/// <param name="collect">Collects all that nobody holds.</param>
internal sealed class HeapTrim(Func<long> size, Action collect)
{
    /// <summary>What may have come to stay since all was looked at, bytes. A look takes some 100 ms where 130 MB are remembered.</summary>
    public const long MostGrowth = 10 * 1024 * 1024;

    private long _kept;

    /// <summary>That of this process.</summary>
    public HeapTrim()
        : this(() => GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes, () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true))
    {
    }

    /// <summary>To be called after a batch.</summary>
    public void EndBatch()
    {
        // What the runtime has collected of itself is no growth that may come again.
        _kept = Math.Min(_kept, size());
        if (size() - _kept >= MostGrowth)
        {
            collect();
            _kept = size();
        }
    }
}
