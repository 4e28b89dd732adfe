using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EdgeAgent.Health;

/// <summary>
/// The metrics as instruments of .NET, for whatever listens to them (OpenTelemetry does). They are asked when somebody reads them, so that nobody who does
/// not pays. Thread-safe.
/// </summary>
internal sealed class HealthMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    internal const string Name = "EdgeAgent";

    /// <summary>So long one reading serves all instruments: a listener asks one after the other.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly Meter _meter = new(Name, HealthSource.Version);
    private readonly Lock _lock = new();
    private readonly Func<AgentHealth> _read;
    private AgentHealth? _latest;
    private long _readAt;

    /// <param name="read">How the agent is; called by any thread.</param>
    internal HealthMeter(Func<AgentHealth> read)
    {
        _read = read;
        foreach (var metric in HealthMetrics.All)
        {
            if (metric.IsCounter)
            {
                _meter.CreateObservableCounter(metric.Name, () => Measure(metric, value => (long)value), metric.Unit, metric.Description);
            }
            else
            {
                _meter.CreateObservableGauge(metric.Name, () => Measure(metric, value => value), metric.Unit.Length > 0 ? metric.Unit : null, metric.Description);
            }
        }
    }

    public void Dispose() => _meter.Dispose();

    private List<Measurement<T>> Measure<T>(HealthMetric metric, Func<double, T> convert)
        where T : struct =>
        [.. metric.Values(Latest()).Select(value => new Measurement<T>(
            convert(value.Value), value.Labels.Select(label => new KeyValuePair<string, object?>(label.Name, label.Value))))];

    private AgentHealth Latest()
    {
        lock (_lock)
        {
            if (_latest is null || Stopwatch.GetElapsedTime(_readAt) >= Fresh)
            {
                (_latest, _readAt) = (_read(), Stopwatch.GetTimestamp());
            }

            return _latest;
        }
    }
}
