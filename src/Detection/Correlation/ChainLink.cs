namespace Detection.Correlation;

/// <summary>A hit in a chain, with the later ones; the last link ends the chain.</summary>
internal sealed record ChainLink(Hit Hit, ChainLink? Next)
{
    /// <summary>The hits from this one on.</summary>
    public IEnumerable<Hit> Hits()
    {
        for (var link = this; link is not null; link = link.Next)
        {
            yield return link.Hit;
        }
    }
}
