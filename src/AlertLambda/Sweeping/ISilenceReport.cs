using AlertLambda.Alerts;

namespace AlertLambda.Sweeping;

/// <summary>Says what is to be told of a host that is silent.</summary>
public interface ISilenceReport
{
    /// <summary>The messages, which may be none. Asked once for each silence, and again only if its answer could not be stored; published after that.</summary>
    Task<IReadOnlyList<AlertMessage>> ReportAsync(SilentHost host, CancellationToken cancellationToken);
}
