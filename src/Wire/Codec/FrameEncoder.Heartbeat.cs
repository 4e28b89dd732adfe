using Wire.Model;

namespace Wire.Codec;

/// <content>What the agent says of itself.</content>
public sealed partial class FrameEncoder
{
    private readonly WireWriter _heartbeat = new();

    private void WriteHeartbeat()
    {
        if (_frame.Heartbeat is not { } beat)
        {
            return;
        }

        var totals = beat.Totals;
        _heartbeat.Clear();
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Taken, beat.TakenBootNs);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Uptime, beat.UptimeNs);
        _heartbeat.WriteTextUnless("", HeartbeatField.AgentVersion, beat.AgentVersion);
        WriteHash(HeartbeatField.ConfigHash, beat.ConfigHash);
        WriteHash(HeartbeatField.WatchHash, beat.WatchHash);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Pins, (ulong)beat.Pins);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Events, totals.Events);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Filtered, totals.Filtered);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Repeated, totals.Repeated);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.Unparsed, totals.Unparsed);
        WriteRows(HeartbeatField.LostInKernel, totals.LostInKernel, static (rows, _, lost) => rows.WriteVarint(lost));
        _heartbeat.WriteFieldUnless(0, HeartbeatField.ProcessEvictions, totals.ProcessEvictions);
        _heartbeat.WriteFieldUnless(0, HeartbeatField.MapEvictions, totals.MapEvictions);
        WriteRows(HeartbeatField.Sinks, beat.Sinks, WriteSink);
        WriteRows(HeartbeatField.Signals, beat.Signals, WriteSignal);
        _fields.WriteField(FrameField.Heartbeat, _heartbeat.Written);
    }

    private void WriteHash(uint id, string hash)
    {
        if (hash.Length > 0)
        {
            _heartbeat.WriteField(id, Convert.FromHexString(hash));
        }
    }

    // A table within the heartbeat: a block of a count and that many entries.
    private void WriteRows<T>(uint id, IReadOnlyList<T> rows, Action<WireWriter, WireWriter, T> write)
    {
        if (rows.Count == 0)
        {
            return;
        }

        _nested.Clear();
        _nested.WriteVarint((ulong)rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            write(_nested, _entry, rows[i]);
        }

        _heartbeat.WriteField(id, _nested.Written);
    }

    private static void WriteSink(WireWriter rows, WireWriter entry, SinkHealth sink)
    {
        entry.Clear();
        entry.WriteTextUnless("", SinkHealthField.Name, sink.Name);
        entry.WriteTextUnless("", SinkHealthField.Trouble, sink.Trouble);
        entry.WriteFieldUnless(0, SinkHealthField.Since, sink.SinceBootNs);
        entry.WriteFieldUnless(0, SinkHealthField.Delivered, sink.Delivered);
        entry.WriteFieldUnless(0, SinkHealthField.Dropped, sink.Dropped);
        entry.WriteFieldUnless(0, SinkHealthField.BacklogBytes, sink.BacklogBytes);
        entry.WriteFieldUnless(0, SinkHealthField.BacklogFrames, sink.BacklogFrames);
        entry.WriteFieldUnless(0, SinkHealthField.Oldest, sink.OldestMs);
        entry.WriteFieldUnless(0, SinkHealthField.Spool, (ulong)sink.Spool);
        rows.WriteBlock(entry.Written);
    }

    private static void WriteSignal(WireWriter rows, WireWriter entry, SignalHealth signal)
    {
        entry.Clear();
        entry.WriteTextUnless("", SignalHealthField.Signal, signal.Signal);
        entry.WriteTextUnless("", SignalHealthField.Backend, signal.Backend);
        entry.WriteFieldUnless(0, SignalHealthField.Trust, (ulong)signal.Trust);
        entry.WriteFieldUnless(0, SignalHealthField.Tested, signal.TestedBootNs);
        rows.WriteBlock(entry.Written);
    }
}
