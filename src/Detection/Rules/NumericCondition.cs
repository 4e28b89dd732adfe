namespace Detection.Rules;

/// <summary>The condition of a correlation on a number: one bound, a range of a lower and an upper one, or a number to differ from.</summary>
/// <param name="Lower">Lower bound; null = none.</param>
/// <param name="LowerInclusive">The lower bound itself fulfils it (<c>gte</c>, <c>eq</c>).</param>
/// <param name="Upper">Upper bound; null = none.</param>
/// <param name="UpperInclusive">The upper bound itself fulfils it (<c>lte</c>, <c>eq</c>).</param>
/// <param name="NotEqual">The number to differ from (<c>neq</c>); null = none.</param>
public sealed record NumericCondition(
    decimal? Lower, bool LowerInclusive, decimal? Upper = null, bool UpperInclusive = false, decimal? NotEqual = null)
{
    /// <summary>True when a number that fulfils it goes on to do so however much it grows.</summary>
    public bool OnlyLowerBound => Upper is null && NotEqual is null;

    /// <summary>True when <paramref name="sum"/> divided by <paramref name="count"/> (from 1) fulfils it; without a rounding.</summary>
    public bool Holds(decimal sum, int count) =>
        count == 1 ? Holds(sum) : (this with { Lower = Lower * count, Upper = Upper * count, NotEqual = NotEqual * count }).Holds(sum);

    /// <summary>True when <paramref name="value"/> fulfils it.</summary>
    public bool Holds(decimal value) =>
        (Lower is not { } lower || value > lower || (LowerInclusive && value == lower))
        && (Upper is not { } upper || value < upper || (UpperInclusive && value == upper))
        && (NotEqual is not { } other || value != other);
}
