using Detection.Findings;

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

    /// <summary>Unknown when one of the hits is an inner firing of unknown verdict.</summary>
    public Verdict Verdict()
    {
        for (var link = this; link is not null; link = link.Next)
        {
            if (link.Hit.Verdict == Findings.Verdict.Unknown)
            {
                return Findings.Verdict.Unknown;
            }
        }

        return Findings.Verdict.Certain;
    }
}
