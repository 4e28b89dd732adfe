using AlertLambda.Logging;
using Wire.Text;

namespace AlertLambda.Sweeping;

/// <summary>The line that ends every sweep: what it found and did, as metrics too.</summary>
public static class SweepLine
{
    private static readonly (string Name, Func<SweepResult, double> Value)[] Metrics =
    [
        ("sweptItems", r => r.Counters.ItemsLoaded),
        ("itemsWritten", r => r.Counters.ItemsWritten),
        ("published", r => r.Counters.Published),
        ("publishFailedTransient", r => r.Counters.PublishFailedTransient),
        ("publishFailedPermanent", r => r.Counters.PublishFailedPermanent),
        ("alertsDropped", r => r.Counters.AlertsDropped),
        ("silentHosts", r => r.Silent.Count),
        ("settledHosts", r => r.Settled),
        ("commitConflicts", r => r.Counters.Conflicts),
        ("storeFailures", r => r.Counters.StoreFailures),
        ("itemsDamaged", r => r.Counters.ItemsDamaged),
        ("replayed", r => r.Counters.Replayed),
        ("replayFaults", r => r.Counters.ReplayFaults),
        ("sweepsIncomplete", r => r.IsComplete ? 0 : 1),
    ];

    /// <summary>Writes the line.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="environment">Name of the deployment.</param>
    /// <param name="requestId">Id of the invocation.</param>
    /// <param name="result">What it did.</param>
    /// <param name="now">Time of the metrics.</param>
    public static void Write(JsonLog log, string environment, string requestId, SweepResult result, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(result);
        log.Write(result.IsComplete ? LogLevel.Info : LogLevel.Warning, "sweep", json =>
        {
            json.WriteString("environment", environment);
            json.WriteString("requestId", requestId);
            var values = Metrics.Select(metric => (metric.Name, Value: metric.Value(result))).ToList();
            values.ForEach(metric => json.WriteNumber(metric.Name, metric.Value));

            if (result.Fault is { } fault)
            {
                json.WriteString("fault", SafeText.Escape(fault));
            }

            MetricHeader.Write(json, now, values);
        });
    }
}
