using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AlertLambda.Alerts;
using LocalPipeline.Delivery;

namespace LocalPipeline.Drill;

/// <summary>Plays the drill against the pipeline in this process, and tells which alerts came back and how fast.</summary>
internal sealed class DrillRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<(AlertMessage Message, DateTimeOffset At)> _alerts = new();
    private readonly TextWriter _output;

    /// <param name="publisher">Where alerts come out.</param>
    /// <param name="output">Takes a line for each thing that was done.</param>
    internal DrillRun(ConsoleAlertPublisher publisher, TextWriter output)
    {
        publisher.Published = (message, at) => _alerts.Enqueue((message, at));
        _output = output;
    }

    /// <summary>Plays it.</summary>
    /// <returns>True when everything that was done came back as an alert.</returns>
    internal async Task<bool> PlayAsync(string marker, CancellationToken stop)
    {
        var deeds = new List<DrillDeed>();
        var complaints = await DrillScript.RunAsync(marker, deeds.Add);
        var deadline = Stopwatch.StartNew();
        while (deeds.Any(deed => AlertOf(deed, marker) is null) && deadline.Elapsed < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
        }

        var came = 0;
        foreach (var deed in deeds)
        {
            var alert = AlertOf(deed, marker);
            came += alert is null ? 0 : 1;
            await _output.WriteLineAsync(alert is { } found
                ? string.Create(CultureInfo.InvariantCulture, $"drill: alert after {(found.At - deed.Began).TotalMilliseconds,5:F0} ms: {deed.Text}: {found.Message.Subject}")
                : $"drill: NO ALERT within {Patience.TotalSeconds} s: {deed.Text} (rule {deed.RuleId})");
        }

        if (complaints.Length > 0)
        {
            await _output.WriteLineAsync($"drill: {complaints}");
        }

        await _output.WriteLineAsync($"drill: {came} of {deeds.Count} came back as alerts; {marker} stands in each");
        return came == deeds.Count && complaints.Length == 0;
    }

    // The same mail in its first form: an incident can be told again when it grows.
    private (AlertMessage Message, DateTimeOffset At)? AlertOf(DrillDeed deed, string marker)
    {
        foreach (var alert in _alerts)
        {
            if (alert.Message.Medium == AlertMedium.Email && alert.Message.Attributes["rule"] == deed.RuleId
                && alert.Message.Body.Contains(marker, StringComparison.Ordinal))
            {
                return alert;
            }
        }

        return null;
    }
}
