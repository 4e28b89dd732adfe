namespace EdgeAgent.Spool;

/// <summary>A batch of an earlier life that was found on disk.</summary>
/// <param name="Facts">What it is.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct StoredBatch(BatchFacts Facts, RecordPlace Place);
