using System.Diagnostics.Metrics;
using System.Globalization;
using EdgeAgent.Health;

namespace EdgeAgent.Tests.Health;

/// <summary>Whatever listens to the meters of .NET reads the same numbers.</summary>
public sealed class HealthMeterTests
{
    [Fact]
    public void Listener_reads_every_metric_of_one_moment_with_its_unit_and_labels()
    {
        var reads = 0;
        var found = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "EdgeAgent")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument, value, labels));
        listener.Start();
        using var meter = new HealthMeter(() =>
        {
            reads++;
            return SomeHealth.Well;
        });
        Assert.Equal(0, reads);
        listener.RecordObservableInstruments();

        Assert.InRange(reads, 1, HealthMetrics.All.Count - 1);
        Assert.Equal(HealthMetrics.All.Select(metric => metric.Name), found.Select(line => line.Split(' ')[0]).Distinct());
        Assert.Contains("edge_agent.events ObservableCounter`1 {event} 1000000 ", found);
        Assert.Contains("edge_agent.records.lost ObservableCounter`1 {record} 77 lane=bulk", found);
        Assert.Contains("edge_agent.sink.backlog.size ObservableGauge`1 By 2050 sink=kinesis stream edge", found);
        Assert.Contains("edge_agent.sink.backlog.age ObservableGauge`1 s 1.5 sink=kinesis stream edge", found);
        Assert.Contains("edge_agent.healthy ObservableGauge`1  1 ", found);

        void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
            where T : IFormattable => found.Add(
                $"{instrument.Name} {instrument.GetType().Name} {instrument.Unit} {value.ToString(null, CultureInfo.InvariantCulture)} "
                + string.Join(',', labels.ToArray().Select(label => $"{label.Key}={label.Value}")));
    }
}
