using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>The rules of one log source and the literals they need. Immutable, thread-safe.</summary>
/// <param name="Source">The source as the rules say it.</param>
/// <param name="Fields">Where their literals are looked for.</param>
/// <param name="Given">By word, the marks that need no literal: of guards that a rule does not have.</param>
internal sealed record SourceIndex(LogSource Source, FieldIndex[] Fields, ulong[] Given);
