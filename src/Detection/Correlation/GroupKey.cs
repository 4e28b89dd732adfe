using Wire.Model;

namespace Detection.Correlation;

/// <summary>Key of a <see cref="HitGroup"/>.</summary>
/// <param name="Scope">Key of the equal values.</param>
/// <param name="Index">Which of a scope's indexes.</param>
/// <param name="Process">The process, in an index by process.</param>
internal readonly record struct GroupKey(string Scope, GroupIndex Index, ProcessKey Process = default);
