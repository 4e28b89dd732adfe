using Detection.Rules;

namespace LocalPipeline.Rules.Checking;

/// <summary>What a piece of a rule can come to on records of our sensor. Immutable.</summary>
/// <param name="CanHold">Some record may fulfil it.</param>
/// <param name="CanFail">Some record may not.</param>
/// <param name="Obstacles">Why it cannot hold, or cannot fail; empty when both are possible.</param>
internal sealed record Reach(bool CanHold, bool CanFail, IReadOnlyList<Obstacle> Obstacles)
{
    /// <summary>Nothing speaks against either.</summary>
    internal static readonly Reach Open = new(true, true, []);

    /// <summary>The same answer for every record.</summary>
    internal static Reach Always(bool holds, Obstacle obstacle) => new(holds, !holds, [obstacle]);

    /// <summary>Every part must hold.</summary>
    internal static Reach All(IReadOnlyList<Reach> parts) => new(
        parts.All(part => part.CanHold), parts.Any(part => part.CanFail), ObstaclesOf(parts, parts.All(part => part.CanHold)));

    /// <summary>At least one part must hold.</summary>
    internal static Reach Any(IReadOnlyList<Reach> parts) => new(
        parts.Any(part => part.CanHold), parts.All(part => part.CanFail), ObstaclesOf(parts, parts.Any(part => part.CanHold)));

    /// <summary>It must not hold.</summary>
    internal Reach Not() => new(CanFail, CanHold, Obstacles);

    // What stands in the way of a part that nothing needs is of no interest.
    private static Obstacle[] ObstaclesOf(IReadOnlyList<Reach> parts, bool canHold) =>
        [.. parts.Where(part => canHold ? !part.CanFail : !part.CanHold).SelectMany(part => part.Obstacles)];
}
