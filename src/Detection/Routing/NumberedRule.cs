using Detection.Rules;

namespace Detection.Routing;

/// <summary>A rule and its place in the list that the index is made of.</summary>
internal sealed record NumberedRule(int Number, SigmaRule Rule);
