namespace Detection.Index;

/// <summary>What is looked at for the records of one source. Immutable.</summary>
/// <param name="IsCovered">False when no rule sees such records.</param>
/// <param name="Fields">Of every part of the index whose rules see such records.</param>
/// <param name="Given">By word, the marks of those parts that need no literal.</param>
internal sealed record SourceRoute(bool IsCovered, FieldIndex[] Fields, ulong[] Given);
