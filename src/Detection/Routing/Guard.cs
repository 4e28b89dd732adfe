namespace Detection.Routing;

/// <summary>What a match implies: the record holds at least one of the literals. Immutable.</summary>
/// <param name="Literals">The alternatives, each once.</param>
/// <param name="Odds">Estimate of how likely a record holds one of them: 0 to 1.</param>
internal sealed record Guard(IReadOnlyList<RequiredLiteral> Literals, double Odds)
{
    /// <summary>No guard at all: any record may match. Always sound.</summary>
    public static readonly IReadOnlyList<Guard> None = [];
}
