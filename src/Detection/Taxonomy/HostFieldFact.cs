namespace Detection.Taxonomy;

/// <summary>What is always true of a field of our events.</summary>
/// <param name="Name">Its name in rules; of the arguments of an exec, the letter before the number.</param>
/// <param name="Type">What it holds where it is not absent.</param>
/// <param name="Records">The records that can hold it.</param>
internal sealed record HostFieldFact(string Name, FieldKind Type, HostRecords Records);
