using System.Globalization;
using System.Text;
using Wire.Model;
using Wire.Text;

namespace Support;

/// <summary>All properties of a frame as text: the same for equal frames, different for different ones. See <see cref="EventText"/>.</summary>
public static class FrameText
{
    /// <summary>Several lines, each ending in a line feed: the frame's own facts, its losses and progress, then its events.</summary>
    public static string Of(Frame frame)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"frame lane={frame.Lane} range={frame.Range.First}..{frame.Range.Last} ");
        text.Append(CultureInfo.InvariantCulture, $"bootTime={frame.BootTimeUnixNs} events={frame.Events.Count}\n");
        text.Append(EventText.Of(frame.Host)).Append('\n');
        foreach (var lost in frame.Lost)
        {
            text.Append(CultureInfo.InvariantCulture, $"lost {lost.Range.First}..{lost.Range.Last} {lost.Cause}\n");
        }

        foreach (var progress in frame.Progress)
        {
            text.Append(CultureInfo.InvariantCulture, $"progress {progress.Lane} {progress.Last} until={progress.UntilBootNs}\n");
        }

        if (frame.Heartbeat is { } beat)
        {
            AddHeartbeat(text, beat);
        }

        if (frame.Previous is { } previous)
        {
            text.Append(CultureInfo.InvariantCulture, $"previous {previous}\n");
        }

        if (frame.UnknownEvents > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"unknown events {frame.UnknownEvents}\n");
        }

        foreach (var @event in frame.Events)
        {
            text.Append(EventText.Of(@event));
        }

        return text.ToString();
    }

    private static void AddHeartbeat(StringBuilder text, Heartbeat beat)
    {
        text.Append(CultureInfo.InvariantCulture, $"heartbeat taken={beat.TakenBootNs} uptime={beat.UptimeNs} version=\"{SafeText.Escape(beat.AgentVersion)}\" ");
        text.Append(CultureInfo.InvariantCulture, $"config={beat.ConfigHash} watch={beat.WatchHash} pins={beat.Pins}\n");
        var totals = beat.Totals;
        text.Append(CultureInfo.InvariantCulture, $"totals events={totals.Events} filtered={totals.Filtered} repeated={totals.Repeated} unparsed={totals.Unparsed} ");
        text.Append(CultureInfo.InvariantCulture, $"lost={string.Join(',', totals.LostInKernel)} evictions={totals.ProcessEvictions},{totals.MapEvictions}\n");
        foreach (var sink in beat.Sinks)
        {
            text.Append(CultureInfo.InvariantCulture, $"sink \"{SafeText.Escape(sink.Name)}\" trouble=\"{SafeText.Escape(sink.Trouble)}\" since={sink.SinceBootNs} ");
            text.Append(CultureInfo.InvariantCulture, $"delivered={sink.Delivered} dropped={sink.Dropped} ");
            text.Append(CultureInfo.InvariantCulture, $"backlog={sink.BacklogBytes},{sink.BacklogFrames} oldest={sink.OldestMs} spool={sink.Spool}\n");
        }

        foreach (var signal in beat.Signals)
        {
            text.Append(CultureInfo.InvariantCulture, $"signal \"{SafeText.Escape(signal.Signal)}\" \"{SafeText.Escape(signal.Backend)}\" {signal.Trust} tested={signal.TestedBootNs}\n");
        }
    }
}
