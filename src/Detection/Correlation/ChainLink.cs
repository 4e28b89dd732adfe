namespace Detection.Correlation;

/// <summary>A hit in a chain, with the later ones; the last link ends the chain.</summary>
internal sealed record ChainLink(Hit Hit, ChainLink? Next);
