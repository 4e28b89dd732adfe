namespace Wire.Model;

/// <summary>
/// Until when a lane is complete: every event of it that the kernel stamped before <paramref name="UntilBootNs"/> has a number of
/// at most <paramref name="Last"/>. Says nothing of what was delivered: whoever has all numbers up to there has all events up to then.
/// </summary>
/// <param name="Lane">The lane.</param>
/// <param name="Last">A number of the lane; 0 to 2^63 - 1.</param>
/// <param name="UntilBootNs">ns since boot (CLOCK_BOOTTIME), as <see cref="EventFacts.BootNs"/>.</param>
public readonly record struct LaneProgress(Lane Lane, ulong Last, ulong UntilBootNs);
