using EdgeAgent.Interop;

namespace EdgeAgent;

/// <summary>
/// Keeps the agent small: left alone, the collector waits until what was allocated fills the processor's cache, however large, and all of it
/// counts as memory of the agent. One thread only.
/// </summary>
internal sealed class MemoryKeeper
{
    /// <summary>Bytes after which the youngest objects are collected: some seconds of ordinary events.</summary>
    private const long Step = 1024 * 1024;

    /// <summary>
    /// Bytes of libraries that stay when they are free, in each arena of the C library. Packing a frame takes half a megabyte for a moment: given back each time, it costs as much time to get it again as the
    /// packing itself.
    /// </summary>
    private const int KeptBytes = 1024 * 1024;

    private long _collectedAt = GC.GetTotalAllocatedBytes();

    /// <summary>After the start, which takes several times the memory of what follows: gives it back.</summary>
    internal void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = LibC.malloc_trim(0);
        _ = LibC.mallopt(LibC.M_TRIM_THRESHOLD, KeptBytes);
        _ = LibC.mallopt(LibC.M_MMAP_THRESHOLD, 2 * KeptBytes);
        _collectedAt = GC.GetTotalAllocatedBytes();
    }

    /// <summary>Collects when it is time. Called over and over.</summary>
    internal void Keep()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _collectedAt >= Step)
        {
            _collectedAt = allocated;
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }
}
