namespace Detection.Correlation;

/// <summary>The values that an event gives to a correlation's group-by.</summary>
/// <param name="Key">Canonical text: equal exactly when the events can be of one group, but for a relation between processes.</param>
/// <param name="Values">One per entry of group-by, for people; a relation's place is filled when the rule fires.</param>
internal sealed record GroupScope(string Key, string[] Values);
