namespace Detection.Correlation;

/// <summary>
/// What a correlation still needs of the hits that no late event can come before: verdicts that are still to be given end after them, so where a hit stands among
/// them says nothing any more. Within its timespan; beyond that, none is needed.
/// </summary>
/// <param name="Latest">Of each list so many of the latest.</param>
/// <param name="OfEachRole">Of these only one for each referenced rule that occurs there, the latest.</param>
internal readonly record struct SettledHits(int Latest, bool OfEachRole = false)
{
    /// <summary>All of them.</summary>
    public static readonly SettledHits All = new(int.MaxValue);

    /// <summary>Whether some are not needed.</summary>
    public bool AreFew => Latest < int.MaxValue || OfEachRole;
}
