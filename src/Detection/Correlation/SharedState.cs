namespace Detection.Correlation;

/// <summary>All that is remembered of the correlations over several hosts that have one id. Not thread-safe.</summary>
/// <param name="rule">The correlations.</param>
/// <param name="partition">What they remember.</param>
/// <param name="marks">What they know of the hosts.</param>
/// <param name="watermarks">Up to when they have all events.</param>
internal sealed class SharedState(SharedRule rule, Partition partition, HostMarks marks, Watermarks watermarks)
{
    /// <summary>The correlations.</summary>
    public SharedRule Rule { get; } = rule;

    /// <summary>What they remember.</summary>
    public Partition Partition { get; } = partition;

    /// <summary>What they know of the hosts.</summary>
    public HostMarks Marks { get; } = marks;

    /// <summary>
    /// Up to when they have all events. Of each its own: one that was written, and another one that a crash left as it was, do not stand at the
    /// same place of the stream.
    /// </summary>
    public Watermarks Watermarks { get; } = watermarks;

    /// <summary><see cref="Partition.Changes"/> when it was loaded or saved.</summary>
    public long SavedChanges { get; private set; }

    /// <summary>The newest event of all when it was loaded or saved, ns.</summary>
    public long SavedNewestNs { get; private set; } = long.MinValue;

    /// <summary>Time of the first frame after it was loaded, or of the newest event when it was saved, ns; null until there is one, the beginning of time before both.</summary>
    public long? SyncedNs { get; set; } = long.MinValue;

    /// <summary>Losses that ended before do not matter any more, ns.</summary>
    public long NeededNs => Ns.Minus(Partition.SettledNs, Rule.ReachNs);

    /// <summary>It is now as it is stored.</summary>
    /// <param name="isLoaded">True when it was loaded just now, false when it was saved.</param>
    public void MarkSaved(bool isLoaded) => (SavedChanges, SavedNewestNs, SyncedNs) =
        (Partition.Changes, Watermarks.NewestNs, isLoaded || Watermarks.NewestNs == long.MinValue ? null : Watermarks.NewestNs);
}
