using AlertLambda.Alerts;

namespace AlertLambda.Sweeping;

/// <summary>Tells nobody: the sweep's log names the host.</summary>
public sealed class NoSilenceReport : ISilenceReport
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AlertMessage>> ReportAsync(SilentHost host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertMessage>>([]);
}
