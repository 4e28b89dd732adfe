namespace EdgeAgent.Spool;

/// <summary>Where a record stands.</summary>
/// <param name="Segment">The file.</param>
/// <param name="Offset">Of its header.</param>
/// <param name="IsIntact">False when only the header can be read.</param>
internal sealed record RecordPlace(Segment Segment, long Offset, bool IsIntact = true);
