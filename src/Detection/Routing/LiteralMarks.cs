namespace Detection.Routing;

/// <summary>A literal and what it marks.</summary>
/// <param name="Literal">The literal.</param>
/// <param name="Marks">Numbers of bits in <see cref="RecordMarks"/>.</param>
internal sealed record LiteralMarks(RequiredLiteral Literal, List<int> Marks);
